"""The Chalice app: registers the rooms, nothing else."""

from __future__ import annotations

from chalice.app import Chalice

from functions.intake.handler import intake
from functions.notify.handler import notify
from functions.problems import reshape
from functions.push.handler import push
from functions.registry.handler import registry
from functions.relay.handler import relay
from functions.route.handler import route
from functions.sla_timer.handler import sla_timer
from functions.validate.handler import validate

app = Chalice(app_name="ssm")
app.debug = False
app.register_middleware(reshape, "http")

for room in (intake, validate, push, route, sla_timer, relay, notify, registry):
    app.register_blueprint(room)

"""The Chalice app: registers the rooms, nothing else."""

from __future__ import annotations

from chalice.app import Chalice

from functions.intake.handler import intake
from functions.notify.handler import notify
from functions.problems import reshape
from functions.push.handler import push
from functions.recall.handler import recall
from functions.reconcile.handler import reconcile
from functions.registry.handler import registry
from functions.relay.handler import relay
from functions.route.handler import route
from functions.sla_timer.handler import sla_timer
from functions.validate.handler import validate

# Logs are ours to configure: Chalice would set the level of a logger of its own name.
app = Chalice(app_name="ssm", configure_logs=False)
app.register_middleware(reshape, "http")

for room in (intake, validate, push, route, sla_timer, recall, relay, notify, registry, reconcile):
    app.register_blueprint(room)

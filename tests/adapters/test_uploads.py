"""The registry bucket."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.adapters.uploads import S3Uploads
from functions.domain.errors import Unavailable
from tests.adapters.conftest import REGION, Wire, client

BUCKET = "ssm-test-registry"


@pytest.fixture
def s3(_aws: None) -> Any:  # noqa: ANN401 - a client
    made = client("s3")
    made.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    made.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return made


def test_the_version_that_was_told_is_read_also_when_another_came_since(s3: Any) -> None:  # noqa: ANN401 - a client
    first = s3.put_object(Bucket=BUCKET, Key="officers.csv", Body="এক".encode())["VersionId"]
    s3.put_object(Bucket=BUCKET, Key="officers.csv", Body=b"two")
    uploads = S3Uploads(s3, BUCKET)
    assert uploads.read("officers.csv", first) == "এক".encode()
    assert uploads.read("officers.csv", None) == b"two"


def test_when_a_version_was_taken_is_told(s3: Any) -> None:  # noqa: ANN401 - a client
    version = s3.put_object(Bucket=BUCKET, Key="officers.csv", Body=b"one")["VersionId"]
    uploads = S3Uploads(s3, BUCKET)
    for asked in (version, None):
        moment = uploads.uploaded_at("officers.csv", asked)
        assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
        assert moment.tzinfo is UTC


def test_a_result_is_written_as_json_in_utf_8(s3: Any) -> None:  # noqa: ANN401 - a client
    S3Uploads(s3, BUCKET).write_result("results/officers.csv/v1.json", '{"detail": "নেই"}')
    kept = s3.get_object(Bucket=BUCKET, Key="results/officers.csv/v1.json")
    assert kept["ContentType"] == "application/json"
    assert kept["Body"].read().decode() == '{"detail": "নেই"}'


def test_a_file_that_is_not_there_is_no_outage(s3: Any) -> None:  # noqa: ANN401 - a client
    with pytest.raises(ClientError, match="NoSuchKey"):
        S3Uploads(s3, BUCKET).read("officers.csv", None)


def test_a_bucket_that_is_out_is_an_outage(s3: Any) -> None:  # noqa: ANN401 - a client
    wire = Wire(s3)
    uploads = S3Uploads(s3, BUCKET)
    for operation in ("GetObject", "PutObject"):
        wire.fail(operation, *["ServiceUnavailable"] * 9)
    with pytest.raises(Unavailable, match="uploads"):
        uploads.read("officers.csv", None)
    with pytest.raises(Unavailable, match="uploads"):
        uploads.write_result("results/x.json", "{}")


def test_what_was_noted_beside_a_file_is_read_with_its_version(s3: Any) -> None:  # noqa: ANN401 - a client
    first = s3.put_object(Bucket=BUCKET, Key="drafts/routing.csv", Body=b"1", Metadata={"Last": "20"})
    s3.put_object(Bucket=BUCKET, Key="drafts/routing.csv", Body=b"2")
    uploads = S3Uploads(s3, BUCKET)
    assert uploads.noted("drafts/routing.csv", first["VersionId"]) == {"last": "20"}
    assert uploads.noted("drafts/routing.csv", None) == {}

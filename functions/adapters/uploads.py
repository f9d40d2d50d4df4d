"""The registry bucket in S3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from functions.adapters.outages import unavailable_when_out

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef


class S3Uploads:
    """Fills the ``Uploads`` port."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def read(self, key: str, version: str | None) -> bytes:
        """See ``ports.Uploads.read``."""
        with unavailable_when_out("uploads"):
            if version is None:
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
            else:
                answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
            return answer["Body"].read()

    def uploaded_at(self, key: str, version: str | None) -> datetime:
        """See ``ports.Uploads.uploaded_at``."""
        return self._head(key, version)["LastModified"].astimezone(UTC)

    def noted(self, key: str, version: str | None) -> Mapping[str, str]:
        """See ``ports.Uploads.noted``: the object's metadata."""
        return self._head(key, version)["Metadata"]

    def write_result(self, key: str, body: str) -> None:
        """See ``ports.Uploads.write_result``."""
        with unavailable_when_out("uploads"):
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=body.encode(), ContentType="application/json"
            )

    def _head(self, key: str, version: str | None) -> HeadObjectOutputTypeDef:
        with unavailable_when_out("uploads"):
            if version is None:
                return self._client.head_object(Bucket=self._bucket, Key=key)
            return self._client.head_object(Bucket=self._bucket, Key=key, VersionId=version)

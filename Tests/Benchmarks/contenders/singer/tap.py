"""A tap for the platforms of a job, which is its configuration."""

from __future__ import annotations

import email.utils
import time
from urllib.parse import parse_qsl

from singer_sdk import RESTStream, Tap
from singer_sdk import typing as th
from singer_sdk.contrib.msgspec import MsgSpecWriter
from singer_sdk.pagination import HeaderLinkPaginator, PageNumberPaginator, SinglePagePaginator

PAGE = 100


class PatientStream(RESTStream):
    """Waits as long as the platform says."""

    def backoff_wait_generator(self):
        return self.backoff_runtime(value=wait_of)

    def backoff_jitter(self, value):
        return value

    def backoff_max_tries(self):
        return 8


def wait_of(error) -> float:
    """What `Retry-After` says, in seconds; a second where it says nothing."""
    text = error.response.headers.get("Retry-After", "1") if getattr(error, "response", None) is not None else "1"
    if text.isdigit():
        return int(text)
    return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())


class WebexStream(PatientStream):
    """A list of the Recording Report."""

    records_jsonpath = "$.items[*]"

    @property
    def url_base(self):
        return f"{self.config['webex_url']}/recordingReport"

    @property
    def http_headers(self):
        return {"Authorization": f"Bearer {self.config['webex_token']}"}

    def get_new_paginator(self):
        return HeaderLinkPaginator()

    def first_page(self, context):
        raise NotImplementedError

    def get_url_params(self, context, next_page_token):
        return dict(parse_qsl(next_page_token.query)) if next_page_token else self.first_page(context)


class Summary(WebexStream):
    name = "summary"
    path = "/accessSummary"
    primary_keys = ("recordingId",)
    schema = th.PropertiesList(
        th.Property("recordingId", th.StringType),
        th.Property("topic", th.StringType),
        th.Property("timeRecorded", th.StringType),
        th.Property("siteUrl", th.StringType),
        th.Property("hostEmail", th.StringType),
        th.Property("viewCount", th.IntegerType),
        th.Property("downloadCount", th.IntegerType),
    ).to_dict()

    def first_page(self, context):
        return {"from": self.config["start"], "to": self.config["end"], "hostEmail": "all", "max": PAGE}

    def get_child_context(self, record, context):
        return {"recordingId": record["recordingId"], "hostEmail": record["hostEmail"]}


class Detail(WebexStream):
    name = "detail"
    path = "/accessDetail"
    parent_stream_type = Summary
    state_partitioning_keys = ()
    schema = th.PropertiesList(
        th.Property("recordingId", th.StringType),
        th.Property("topic", th.StringType),
        th.Property("name", th.StringType),
        th.Property("email", th.StringType),
        th.Property("accessTime", th.StringType),
        th.Property("viewed", th.BooleanType),
        th.Property("downloaded", th.BooleanType),
    ).to_dict()

    def first_page(self, context):
        return {**context, "max": PAGE}


class KismetPages(PageNumberPaginator):
    """Pages have numbers, and say how many there are."""

    def has_more(self, response):
        pagination = response.json()["pagination"]
        return pagination["current_page"] < pagination["total_pages"]


class KismetStream(PatientStream):
    state_partitioning_keys = ()

    @property
    def url_base(self):
        return self.config["kismet_url"]

    @property
    def http_headers(self):
        return {"X-Client-ID": self.config["kismet_id"], "X-Client-Secret": self.config["kismet_secret"]}

    def get_new_paginator(self):
        return KismetPages(start_value=1)

    def get_url_params(self, context, next_page_token):
        return {"page": next_page_token, "per_page": PAGE}


class User(KismetStream):
    name = "user"
    path = "/organization_users"
    records_jsonpath = "$.organization_users[*]"
    selected_by_default = False
    schema = th.PropertiesList(th.Property("id", th.IntegerType)).to_dict()

    def get_child_context(self, record, context):
        return {"user": record["id"]}


class Call(KismetStream):
    name = "call"
    path = "/organization_users/{user}/calls"
    records_jsonpath = "$.calls[*]"
    parent_stream_type = User
    selected_by_default = False
    schema = th.PropertiesList(th.Property("id", th.IntegerType)).to_dict()

    def get_child_context(self, record, context):
        return {**context, "call": record["id"]}


class Egress(KismetStream):
    name = "egress"
    path = "/organization_users/{user}/calls/{call}/egresses"
    records_jsonpath = "$.egresses[*]"
    parent_stream_type = Call
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType),
        th.Property("egress_id", th.StringType),
        th.Property("status", th.StringType),
        th.Property("error", th.StringType),
        th.Property("is_stopped", th.BooleanType),
        th.Property("ended_at", th.StringType),
        th.Property("created_at", th.StringType),
        th.Property("updated_at", th.StringType),
    ).to_dict()

    def get_new_paginator(self):
        return SinglePagePaginator()

    def get_child_context(self, record, context):
        return {**context, "egress": record["id"]}


class AuditLog(KismetStream):
    name = "audit_log"
    path = "/organization_users/{user}/calls/{call}/egresses/{egress}/audit_logs"
    records_jsonpath = "$.audit_logs[*]"
    parent_stream_type = Egress
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType),
        th.Property("event", th.StringType),
        # The platform writes it both ways.
        th.Property("user_id", th.CustomType({"type": ["string", "integer", "null"]})),
        th.Property("object_changes", th.ObjectType(additional_properties=True)),
        th.Property("created_at", th.StringType),
    ).to_dict()


#: The streams of each shape of job.
STREAMS = {
    "summaries": [Summary],
    "details": [Summary, Detail],
    "kismet": [User, Call, Egress, AuditLog],
}


class TapPlatforms(Tap):
    name = "tap-platforms"
    message_writer_class = MsgSpecWriter
    config_jsonschema = th.PropertiesList(
        th.Property("shape", th.StringType, required=True),
        th.Property("start", th.StringType, required=True),
        th.Property("end", th.StringType, required=True),
        th.Property("webex_url", th.StringType, required=True),
        th.Property("webex_token", th.StringType, required=True),
        th.Property("kismet_url", th.StringType, required=True),
        th.Property("kismet_id", th.StringType, required=True),
        th.Property("kismet_secret", th.StringType, required=True),
    ).to_dict()

    def discover_streams(self):
        return [stream(tap=self) for stream in STREAMS[self.config["shape"]]]


TapPlatforms.cli()

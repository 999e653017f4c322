"""The tools that are compared: one folder each."""

from contenders.airbyte import Airbyte
from contenders.dlt import Dlt
from contenders.loops import AIOHTTP, REQUESTS
from contenders.singer import Singer
from contenders.tapedeck import Tapedeck

ALL = [Tapedeck(), Dlt(), Airbyte(), Singer(), REQUESTS, AIOHTTP]

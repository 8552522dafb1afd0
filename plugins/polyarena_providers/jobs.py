"""The provider `jobs`: painters behind an API of jobs, described in the configuration."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from polyarena import (
    ConfigError,
    Event,
    Failure,
    Model,
    ModelRequest,
    Prompt,
    Provider,
    ProviderError,
)

from .beating import painting
from .endpoint import checked, read_key
from .endurance import Endurance
from .images import EDIT, PAINT
from .job import Job
from .job_api import JobApi
from .pool import Pool


class JobModel(BaseModel):
    """`api` names a table of `plugins.providers.jobs.apis`, `model` fills in `{model}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api: str
    model: str = ""
    sizes: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> JobModel:
        """Read a model's configuration; raises `ConfigError`, naming what is wrong."""
        return checked(cls, config, "config.")


class JobsProvider(Provider):
    """Submits a job, polls it, and takes the picture; `options` are `apis` and fields of
    `Endurance`.

    Raises:
        ConfigError: an option is unknown or wrong; the message names it.
    """

    name = "jobs"

    def __init__(self, options: Mapping[str, Any]) -> None:
        given = dict(options)
        apis = given.pop("apis", {})
        if not isinstance(apis, Mapping):
            raise ConfigError("plugins.providers.jobs.apis must be a table of tables")
        self._endurance = checked(Endurance, given, "plugins.providers.jobs.")
        self._apis = {name: JobApi.of(name, table) for name, table in apis.items()}
        self._pool = Pool()

    def check(self, model: Model) -> str | None:
        try:
            api = self._api(JobModel.of(model.config))
            read_key(api.key_env)
        except ConfigError as error:
            return str(error)
        except ProviderError as error:
            return error.detail
        if not model.capabilities & {PAINT, EDIT}:
            return f"capabilities must hold {PAINT!r}, {EDIT!r} or both"
        if EDIT in model.capabilities and api.edit is None:
            return f"its API has no edit, so capabilities may not hold {EDIT!r}"
        return None

    def supports(self, model: Model, prompt: Prompt) -> bool:
        return self.check(model) is None

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        try:
            asked = JobModel.of(model.config)
            api = self._api(asked)
        except ConfigError as error:
            raise ProviderError(Failure.REFUSED, str(error)) from None
        key = read_key(api.key_env)
        job = Job(await self._pool.get(), api, key, self._endurance)
        work = job.paint(asked.model, asked.sizes, request)
        async with aclosing(painting(work, key)) as events:
            async for event in events:
                yield event

    async def close(self) -> None:
        await self._pool.close()

    def _api(self, asked: JobModel) -> JobApi:
        if asked.api not in self._apis:
            known = ", ".join(sorted(self._apis)) or "none"
            raise ConfigError(
                f"config.api: there is no table plugins.providers.jobs.apis.{asked.api}; "
                f"there are: {known}"
            )
        return self._apis[asked.api]

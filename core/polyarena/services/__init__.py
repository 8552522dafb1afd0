"""What happens when: the one set of services behind pages, JSON API and command line."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from ..dispatch import Dispatcher
from ..faultfile import write_faults
from ..loading import load
from ..plugins import Registry
from ..settings import Settings
from ..store import Store, open_store
from ..store.files import Files
from ..store.migrate import migrate
from .agreements import AgreementService
from .artifacts import ArtifactService
from .battles import BattleService
from .bundles import BundleService
from .categories import CategoryService
from .clock import Clock
from .credentials import CredentialService
from .emails import EmailService
from .institutions import InstitutionService
from .judging import ModelAsker
from .leaderboards import LeaderboardService
from .matchmaker import Matchmaker
from .models import ModelService
from .pictures import PictureService
from .runs import Runner
from .servers import ServerService
from .snapshots import SnapshotService
from .starters import StarterPictures
from .tallies import TallyKeeper
from .ticker import TickerService
from .uses import UseService
from .visitors import VisitorService
from .votes import VoteService

__all__ = ["Clock", "Services", "open_services"]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the outer layers call."""

    settings: Settings
    store: Store
    registry: Registry
    dispatcher: Dispatcher
    models: ModelService
    artifacts: ArtifactService
    bundles: BundleService
    starters: StarterPictures
    servers: ServerService
    battles: BattleService
    uses: UseService
    votes: VoteService
    categories: CategoryService
    leaderboards: LeaderboardService
    snapshots: SnapshotService
    agreements: AgreementService
    ticker: TickerService
    visitors: VisitorService
    credentials: CredentialService
    emails: EmailService
    institutions: InstitutionService


@asynccontextmanager
async def open_services(
    settings: Settings,
    extra: Mapping[str, object] | None = None,
    *,
    server: bool = True,
    clock: Clock | None = None,
) -> AsyncGenerator[Services]:
    """Open the store, bring it up to date, load the plugins, and close all of it again.

    `server` is false for a command beside a running server: it neither recovers nor checkpoints.
    `extra` are plugins given as objects and `clock` tells the boards the time, both for tests.

    Raises:
        ConfigError, StorageError: it cannot start; the message says why.
    """
    registry = load(settings, extra or {})
    dispatcher = Dispatcher(registry, settings.limits.hook)
    store = open_store(settings.database, checkpoints=server)
    files, most = Files(settings.data / "artifacts"), settings.limits.artifact_bytes
    pictures = PictureService(store, files, dispatcher, settings.images, most)
    bundles = BundleService(store, files, settings.limits)
    servers = ServerService(registry, bundles, settings.apps)
    try:
        await migrate(store)
        secret = settings.secret()
        artifacts = ArtifactService(store, files, pictures, most)
        models = ModelService(store, registry, settings)
        runner = Runner(store, registry, dispatcher, settings.limits, artifacts, bundles)
        tallies, clock = TallyKeeper(store), clock or Clock()
        matchmaker = Matchmaker(tallies, settings.matchmaking, clock)
        battles = BattleService(
            store, registry, dispatcher, models, runner, matchmaker, artifacts, servers
        )
        if server:
            registry.keep_faults(partial(write_faults, settings.data))
            await battles.recover()
            await artifacts.sweep()
        await models.sync()
        rules = settings.leaderboards
        leaderboards = LeaderboardService(registry, models, tallies, rules, clock)
        snapshots = SnapshotService(store, registry, leaderboards, tallies, rules, clock)
        asker = ModelAsker(registry, models, settings.limits)
        categories = CategoryService(store, registry, dispatcher, asker)
        credentials = CredentialService(store, registry, dispatcher, clock)
        mail, elsewhere = settings.credentials.email, settings.credentials.institutions
        emails = EmailService(store, credentials, mail, settings.title, secret, clock)
        services = Services(
            settings=settings,
            store=store,
            registry=registry,
            dispatcher=dispatcher,
            models=models,
            artifacts=artifacts,
            bundles=bundles,
            starters=StarterPictures(pictures),
            servers=servers,
            battles=battles,
            uses=UseService(store),
            categories=categories,
            votes=VoteService(store, dispatcher, categories, credentials, servers, secret),
            credentials=credentials,
            emails=emails,
            institutions=InstitutionService(credentials, elsewhere, secret, clock),
            leaderboards=leaderboards,
            snapshots=snapshots,
            agreements=AgreementService(leaderboards, tallies),
            ticker=TickerService(leaderboards, snapshots, tallies),
            visitors=VisitorService(store, secret),
        )
        if server:
            for sandbox in registry.sandboxes.values():
                await sandbox.start()
            matchmaker.warm(registry.arenas)
        async with AsyncExitStack() as meanwhile:
            for kept in (snapshots.kept, categories.kept) if server else ():
                await meanwhile.enter_async_context(kept())
            yield services
        await battles.close()
    finally:
        pictures.close()
        await servers.close()
        for sandbox in registry.sandboxes.values():
            await sandbox.close()
        for provider in registry.providers.values():
            await provider.close()
        dispatcher.close()
        await store.close()

"""What a command line brings with it: the package's plug-ins, those in the user's files, and the user's own presets."""

from collections.abc import Sequence

from bench import outlet, registry
from bench.config import compose, folder, networks, presets
from bench.registry import Registry


def gathered(command: str, words: Sequence[str], files: Sequence[str] = ()) -> Registry:
    """The plug-ins that a command may name, with those of more files; Hydra's store holds the same from now on."""
    users = compose.config_dir(command, words)
    studies_and_styles = presets.read(users) if users else {}
    with outlet.closed():
        lines = {**folder.presets(users), **(networks.SUMMARIES if command != "sweep" else {})}
        plugins = registry.load([*files, *compose.plugin_files(command, words)], presets=lines)
    compose.store(plugins, studies_and_styles)
    return plugins

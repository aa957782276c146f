"""fenmen export: a model for notebooks."""

from pathlib import Path

import click

from fenmen.cli.options import digest_option, model_option
from fenmen.errors import FenmenError

WARNING = (
    "Loading this file runs code that is inside it (joblib uses pickle): load it only where it "
    "was made, and pass on the bundle instead."
)


@click.command()
@model_option
@digest_option
@click.option("--joblib", "path", required=True, help="Write a scikit-learn Pipeline here.")
def export(model: str, expect_digest: str | None, path: str) -> None:
    """Write a model as a scikit-learn Pipeline, for notebooks."""
    from fenmen.model.bundle import load
    from fenmen.model.pipeline import export_joblib

    bundle = load(model, expect_digest=expect_digest)
    try:
        export_joblib(bundle.model, Path(path))
    except OSError as error:
        raise FenmenError(
            "E_OUTPUT", where=path, what=str(error.strerror), fix="choose another output"
        ) from error
    click.echo(f"{path}: {len(bundle.taxonomy.ids)} topics, model {bundle.model_id}")
    click.echo(WARNING, err=True)

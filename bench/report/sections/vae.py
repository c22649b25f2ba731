"""What is claimed of the score function in an autoencoder, and what was measured."""

import numpy as np
import pandas as pd

from bench.drawing.named import groups
from bench.markup.blocks import Block, Cell, Column, Heading, Interval, Number, Paragraph, Table
from bench.markup.numbers import known, number, spoken
from bench.report.sections.phrases import Tables, interval
from bench.tables.encoder import FEWEST

CLAIM = (
    "Claimed: the gradient of the score function has a high variance, too high to train an autoencoder with (Kingma & "
    "Welling 2014, section 2.2, say it of the naive Monte Carlo gradient)."
)
HOW = (
    "All estimators had the same weights, those along the pathwise fit, the same batch of {batch} digits and the same "
    "draws; the variances are of {replicates} gradients, at step {step}. The score function is there with the sum of f "
    "over the batch for its weight, and with each digit's own term; leave-one-out is the latter, each draw against the "
    "mean of the others. The gradient of the decoder needs no estimator, and its backward pass serves the slopes."
)
PER = {"datum": "by mu_i and log sigma_i of each digit", "weights": "by the encoder's weights"}


def vae(tables: Tables) -> list[Block]:
    """The claim beside the measured variances and ELBOs; nothing of a run without an autoencoder."""
    if "encoder" not in tables or tables["encoder"].empty:
        return []
    frame = tables["encoder"]
    last = frame[frame["step"] == frame["step"].max()]
    facts = {name: number(last[name].max()) for name in ("batch", "replicates", "step")}
    blocks: list[Block] = [Heading(2, "An autoencoder: what is claimed, what was measured")]
    curves = tables["curves"] if "curves" in tables else pd.DataFrame({"objective": []})
    rows = curves[curves["objective"] == "vae"]
    measured = " ".join(filter(None, (CLAIM, _measured(last), _learned(rows))))
    blocks += [Paragraph(measured), Paragraph(HOW.format(**facts)), _variances(last)]
    return (
        [*blocks, *(_elbos(dimension, group) for dimension, group in rows.groupby("dimension"))]
        if len(rows)
        else blocks
    )


def claims(tables: Tables) -> dict[str, str]:
    """What was measured as answers to a reader's questions; none of a run without an autoencoder."""
    if "encoder" not in tables or tables["encoder"].empty:
        return {}
    frame, curves = tables["encoder"], tables["curves"]
    replies = {
        "Is the variance high?": _measured(frame[frame["step"] == frame["step"].max()]),
        "What is learned?": _learned(curves[curves["objective"] == "vae"]),
    }
    return {question: said for question, said in replies.items() if said}


def _measured(last: pd.DataFrame) -> str:
    """The ratios of the gradient by the encoder's weights in one sentence, from the least to the largest of each."""
    words = []
    for name, rows in groups(last[last["per"] == "weights"].dropna(subset="variance_ratio")):
        low, high = rows["variance_ratio"].min(), rows["variance_ratio"].max()
        if name.words != "pathwise":
            words.append(f"{_span(low, high)} times for {name.words}")
    return (
        f"Measured, as a variance of the encoder's gradient over that of pathwise: {'; '.join(words)}." if words else ""
    )


def _learned(curves: pd.DataFrame) -> str:
    """How far the ELBO of each estimator is from that of pathwise after the last step, with the most draws."""
    if curves.empty:
        return ""
    ends = curves[(curves["step"] == curves["step"].max()) & (curves["samples"] == curves["samples"].max())]
    named = {name.words: rows.set_index("dimension")["loss"] for name, rows in groups(ends)}
    if "pathwise" not in named:
        return ""
    words = []
    for name, losses in named.items():
        short = (losses - named["pathwise"]).dropna()
        if name != "pathwise" and len(short):
            words.append(f"{_span(short.min(), short.max())} for {name}")
    samples = number(ends["samples"].max())
    return f"Nats of held-out ELBO short of pathwise after the last step, K = {samples}: {'; '.join(words)}."


def _span(low: float, high: float) -> str:
    ends = dict.fromkeys(spoken(end, digits=2) for end in (low, high))
    return " to ".join(ends)


def _variances(last: pd.DataFrame) -> Table:
    """A line for each L, K and estimator: the ratios per datum and by weights."""
    lines: list[list[Cell]] = []
    for (dimension, samples), cell in last.groupby(["dimension", "samples"]):
        for name, rows in groups(cell):
            by_per = {row["per"]: row for row in rows.to_dict("records")}
            ratios: list[Cell] = [
                interval(by_per[per], "variance_ratio") if known(by_per[per]["variance_ratio"]) else None for per in PER
            ]
            lines.append([Number(dimension), Number(samples), name.words, *ratios])
    caption = "Variance of the encoder's gradient over that of pathwise, with its 95 % interval"
    return Table([*map(Column, ("L", "K", "estimator", *PER.values()))], lines, caption)


def _elbos(dimension: float, rows: pd.DataFrame) -> Table:
    """The held-out ELBOs of a dimension at equal seconds, at equal evaluations, and at the last step."""
    ends = rows[rows["step"] == rows["step"].max()]
    seconds, evaluations = ends["seconds"].min(), ends["evaluations"].min()
    columns = {"seconds": seconds, "evaluations": evaluations}
    lines: list[list[Cell]] = []
    for samples, cell in rows.groupby("samples"):
        for name, curve in groups(cell):
            points = curve.sort_values("step")
            equal: list[Cell] = [_at(points, column, place) for column, place in columns.items()]
            lines.append([Number(samples), name.words, *equal, _last(points.iloc[-1])])
    at_seconds = f"at {number(seconds)} s" if known(seconds) else "at equal seconds"
    titles = ("K", "estimator", at_seconds, f"at {number(evaluations)} evaluations", "at the last step")
    caption = (
        f"L = {number(dimension)}: ELBO of held-out digits in nats, the median over fits; between checkpoints a line "
        "over the logarithm of the cost, at the last step with "
        f"{'the 10 % and 90 % quantiles' if rows['replicates'].max() >= FEWEST else 'the least and the largest'}"
    )
    return Table([*map(Column, titles)], lines, caption)


def _at(points: pd.DataFrame, column: str, place: float) -> Cell:
    """The ELBO where a curve has cost so much; unknown where it was not measured."""
    there = points[(points[column] > 0) & points["loss"].notna()]
    if not known(place) or there.empty or not there[column].min() <= place <= there[column].max() * (1 + 1e-9):
        return None
    loss = np.interp(np.log(place), np.log(there[column].astype(float)), there["loss"].astype(float))
    return Number(-float(loss), digits=4)


def _last(row: pd.Series) -> Cell:
    """The ELBO with the quantiles over the fits; a fit that is not finite is said to be so."""
    if not known(row["loss"]):
        return "not finite"
    return Interval(*(Number(-row[name], digits=4) for name in ("loss", "loss_high", "loss_low")))

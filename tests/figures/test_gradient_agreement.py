from bench.drawing import words
from bench.figures import gradient_agreement
from tests.support import synthetic
from tests.support.artists import drawn, points, rounded


def test_each_strip_holds_the_scores_of_its_estimator_and_parameter():
    tables = synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])
    figure = drawn(gradient_agreement.PLUGIN, tables)
    axes = figure.axes[1]
    for row, label in enumerate(axes.get_yticklabels()):
        estimator, parameter = label.get_text().replace("\n", " ").split(", ")
        frame = tables["statistics"]
        frame = frame[frame["estimator"].map(words.label) == estimator]
        frame = frame[frame["parameter"].map(words.symbol) == parameter]
        assert len(frame)
        shown = sorted(x for x, y in points(figure) if abs(y - row) < 0.5)
        assert rounded([[shown]]) == rounded([[sorted(frame["gradient_z"])]])


def test_a_wild_score_is_inside_the_view():
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])
    tables["statistics"].loc[0, "gradient_z"] = 50.0
    low, high = drawn(gradient_agreement.PLUGIN, tables).axes[1].get_xlim()
    assert low < -50 < 50 < high

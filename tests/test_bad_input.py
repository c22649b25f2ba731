"""Bad input, item by item: one line that says what is wrong, exit 2, and an earlier report left as it was."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import registry
from bench.config import compose, settings
from bench.errors import BadInput
from bench.plan import cells
from bench.registry import Registry
from tests.support.command import TOP, command, contents, instead, one_line, plugin_files
from tests.support.hints import hints, typed

CASES = {
    "unknown key": (
        "nonsense=1",
        "unknown key 'nonsense'; known: along, at, budget, compare_samplers, components, config_dir, ",
    ),
    "unknown key inside a group": ("data.sd=1", "unknown key 'data.sd'; known: data.mean, data.name, data.seed, "),
    "added key": ("+nonsense=1", "unknown key 'nonsense'; known: "),
    "forced key": ("++data.sd=1", "unknown key 'data.sd'; known: "),
    "key of hydra": ("hydra.run.dir=x", "unknown key 'hydra.run.dir'; known: "),
    "unknown parameter": ("objective.squared_error.k=[1]", "unknown key 'objective.squared_error.k'; known: none"),
    "parameter out of range": (
        "objective=[sum_of_powers] objective.sum_of_powers.p=[2.5]",
        "objective.sum_of_powers.p=2.5 is not allowed; allowed: whole numbers from 0 to 100",
    ),
    "no components": (
        "objective=[linear] objective.linear.dimension=[0]",
        "objective.linear.dimension=0 is not allowed; allowed: whole numbers from 1 to 1000000",
    ),
    "deleted key": ("~sigma", "sigma=null is not allowed; allowed: a list in brackets, sigma=[VALUE,...]"),
    "unknown estimator": ("estimator=reinforce", "unknown estimator 'reinforce'; known: "),
    "unknown in a list": ("estimator=[pathwise,reinforce]", "unknown estimator 'reinforce'; known: "),
    "unknown objective": ("objective=quartic", "unknown objective 'quartic'; known: "),
    "network in a sweep": ("objective=[vae]", "objective='vae' is not allowed; allowed: absolute, "),
    "unknown objective in a list": ("objective=[quartic]", "unknown objective 'quartic'; known: "),
    "unknown sampler": ("sampler=halton", "unknown sampler 'halton'; known: "),
    "unknown data": ("data=galton", "unknown data 'galton'; known: csv, newcomb, normal"),
    "unknown executor": ("executor=gpu", "unknown executor 'gpu'; known: dask, serial, threads"),
    "unknown study": ("study=tiny", "unknown study 'tiny'; known: crossover, "),
    "no estimator": ("estimator=[]", "estimator=[] is not allowed; allowed: a list of one or more values"),
    "no value": ("sigma", "cannot read 'sigma'; allowed: KEY=VALUE, lists in brackets as KEY=[1,2], "),
    "open bracket": ("sigma=[1", "cannot read 'sigma=[1'; allowed: "),
    "no brackets": ("sigma=1", "sigma=1 is not allowed; allowed: a list in brackets, sigma=[VALUE,...]"),
    "commas alone": ("sigma=0.1,3", "sigma='0.1,3' is not allowed; allowed: one value, or a list as sigma=[0.1,3]; "),
    "a mapping": ("sigma={a:1}", "sigma={'a': 1} is not allowed; allowed: a list in brackets, sigma=[VALUE,...]"),
    "a list where one is allowed": ("data=[newcomb,normal]", "data=['newcomb','normal'] is not allowed; allowed: one "),
    "two studies": (
        "study=[smoke,question]",
        "study=['smoke','question'] is not allowed; allowed: one of: crossover, ",
    ),
    "a range of too many": (
        "sigma=range(0,10000000)",
        "cannot read 'sigma=range(0,10000000)'; allowed: a range ",
    ),
    "a range without end": (
        "sigma=range(1,4,0)",
        "cannot read 'sigma=range(1,4,0)'; allowed: range(START,",
    ),
    "sigma zero": ("sigma=[1,0]", "sigma=0 is not allowed; allowed: a finite number > 0"),
    "sigma below zero": ("sigma=[-1]", "sigma=-1 is not allowed; allowed: a finite number > 0"),
    "sigma NaN": ("sigma=[nan]", "sigma=nan is not allowed; allowed: a finite number > 0"),
    "sigma infinite": ("sigma=[inf]", "sigma=inf is not allowed; allowed: a finite number > 0"),
    "sigma too large": ("sigma=[1e999]", "sigma=inf is not allowed; allowed: a finite number > 0"),
    "sigma text": ("sigma=[small]", "sigma='small' is not allowed; allowed: a finite number > 0"),
    "sigma null": ("sigma=[null]", "sigma=null is not allowed; allowed: a finite number > 0"),
    "mu NaN": ("mu=[nan]", "mu=nan is not allowed; allowed: a finite number"),
    "no samples": ("samples=[0]", "samples=0 is not allowed; allowed: a whole number >= 1"),
    "samples not whole": ("samples=[1.5]", "samples=1.5 is not allowed; allowed: a whole number >= 1"),
    "samples text": ("samples=[many]", "samples='many' is not allowed; allowed: a whole number >= 1"),
    "no data": ("dataset_size=[0]", "dataset_size=0 is not allowed; allowed: a whole number >= 1, or null for all"),
    "size not whole": ("dataset_size=[2.5]", "dataset_size=2.5 is not allowed; allowed: a whole number >= 1, or null"),
    "all of an endless source": ("dataset_size=[null]", "dataset_size=null is not allowed; allowed: a whole"),
    "too much data": (
        "dataset_size=[1e9] latent=[shared]",
        "dataset_size=1000000000 is not allowed; allowed: up to 100000000 data in all; 1000000000 would take 24 GB of ",
    ),
    "too many components": (
        "dataset_size=[1e7] latent=[per_datum]",
        "dataset_size=10000000 is not allowed; allowed: up to 1000000 where the latent is per_datum, a y",
    ),
    "data without end": (
        "data=csv data.path=/dev/zero data.column=x",
        "data.path: '/dev/zero' is a device, which may ",
    ),
    "empty axis": ("sigma=[]", "sigma=[] is not allowed; allowed: a list of one or more values"),
    "duplicates": ("sigma=[1,2,1.0]", "sigma=[1,2,1.0] is not allowed; allowed: each value once; 1.0 is repeated"),
    "one sigma of several zero": ("sigma=[[1,0]]", "sigma=0 is not allowed; allowed: a finite number > 0"),
    "too few values": (
        "sigma=[[1,2]] components=[untied]",
        "sigma=[[1,2]] is not allowed; allowed: a number, squared_error has 1 component",
    ),
    "too many values": (
        "sigma=[[1,2,3.5]] components=[untied] latent=[per_datum] dataset_size=[2]",
        "sigma=[[1,2,3.5]] is not allowed; allowed: a number, or one for each of the 2 components of squared_error",
    ),
    "shape of a gamma": (
        "family=[gamma] family.gamma.alpha=[0]",
        "family.gamma.alpha=0 is not allowed; allowed: a fin",
    ),
    "parameter of another family": (
        "family=[gamma] family.gamma.sigma=[1]",
        "unknown key 'family.gamma.sigma'; known: ",
    ),
    "unknown family": ("family=cauchy", "unknown family 'cauchy'; known: bernoulli, gamma, normal"),
    "unknown kind of components": ("components=[loose]", "components='loose' is not allowed; allowed: tied, untied"),
    "entropy without a target": (
        "entropy=[monte_carlo]",
        "entropy=['monte_carlo'] is not allowed; allowed: null, for ",
    ),
    "unknown entropy": (
        "objective=[gaussian_kl] entropy=[exact]",
        "entropy='exact' is not allowed; allowed: closed_form, monte_carlo, sticking_the_landing",
    ),
    "reference that is not run": (
        "reference=second_order",
        "reference='second_order' is not allowed; allowed: null, or one of the estimators of the sweep: pathwise, ",
    ),
    "budget too small": (
        "budget=5000",
        "budget=5000 is not allowed; allowed: a whole number >= 25600, for samples=10 in dimension 5",
    ),
    "components to be written": ("write_components=1", "write_components=1 is not allowed; allowed: true, false"),
    "unknown latent": ("latent=[local]", "latent='local' is not allowed; allowed: shared, per_datum"),
    "precision zero": ("precision=0", "precision=0 is not allowed; allowed: a finite number > 0"),
    "precision below zero": ("precision=-0.1", "precision=-0.1 is not allowed; allowed: a finite number > 0"),
    "precision NaN": ("precision=nan", "precision=nan is not allowed; allowed: a finite number > 0"),
    "seed below zero": ("seed=-1", "seed=-1 is not allowed; allowed: a whole number >= 0"),
    "no workers": ("executor.workers=0", "executor.workers=0 is not allowed; allowed: a whole number >= 1"),
    "slash in the name": ("name=a/b", "name='a/b' is not allowed; allowed: a folder name of up to 100 characters, "),
    "parent folder": ("name=..", "name='..' is not allowed; allowed: a folder name"),
    "no name": ("name=", "name='' is not allowed; allowed: some text"),
    "data without deviation": ("data.standard_deviation=0", "data.standard_deviation=0 is not allowed; allowed: "),
    "csv without path": ("data=csv", "data.path is not given; data=csv needs it: data.path=FILE data.column=NAME"),
    "newcomb is over": ("data=newcomb dataset_size=[67]", "dataset_size=67 is not allowed; allowed: 1 to the 66 rows"),
    "plugins no list": ("plugins=mine.py", "plugins='mine.py' is not allowed; allowed: one list of Python"),
    "plugins in commas": (
        "plugins=[a.py],[b.py]",
        "plugins='[a.py],[b.py]' is not allowed; allowed: one list of Python",
    ),
    "plugin missing": ("plugins=[nowhere.py]", "plugins: 'nowhere.py' is not a file; give the path of a Python file"),
    "unknown option": ("--verbose", "unknown option '--verbose'; known: --help, --multirun, -h, -m"),
    "code in a group": ("+data._target_=os.abort", "unknown key 'data._target_'; known: "),
    "code at the top": ("+_target_=os.abort", "unknown key '_target_'; known: "),
    "code in an axis": ("sigma=[{_target_:os.abort}]", "sigma={'_target_': 'os.abort'} is not allowed; allowed: "),
}

Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[Refused]:
    """Runs a sweep that must be refused, over an earlier report, and gives its line."""
    earlier = tmp_path / "out" / "run"
    earlier.mkdir(parents=True)
    (earlier / "report.md").write_text("an earlier report")
    before = contents(tmp_path / "out")

    def check(*overrides: str, name: str = "sweep") -> str:
        return one_line(command(name, "study=smoke", f"output={tmp_path / 'out'}", "name=run", "rounds=0", *overrides))

    yield check
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("case", CASES)
@pytest.mark.thinned(2)
def test_one_line_names_key_value_and_what_is_allowed(refused: Refused, case: str) -> None:
    overrides, message = CASES[case]
    assert refused(*overrides.split()).startswith(message)


FILES = {
    "missing": (None, "cannot read "),
    "empty": ("", "is empty; it needs a header and at least one row"),
    "header alone": ("x\n", "has a header but no rows"),
    "text": ("x\n1\n2\nthree\n", "line 4 holds 'three'; every value must be a finite number"),
    "NaN": ("x\n1\nnan\n3\n", "line 3 holds 'nan'; every value must be a finite number"),
    "no such column": ("y\n1\n2\n3\n", "has no column 'x'; it has: y"),
    "thousands": ("x\n1\n1,000\n3\n", "line 3 has 2 fields and the header 1; allowed: as many"),
    "hole": ("x\n1.5\n\n-3\n4.75\n", "line 3 is empty; every line to the last must hold a value"),
    "decimal commas": (
        "name;x\na;1,5\nb;2,25\n",
        "has no column 'x'; it has: name;x; with data.separator=semicolon data.decimal=comma its first value is 1.5",
    ),
    "lines above the header": ("# logger 7\nx\n1.5\n", "it has: # logger 7; with data.header=2 its first value is 1.5"),
    "too short": ("x\n1\n2\n", "dataset_size=3 is not allowed; allowed: 1 to the 2 rows"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_bad_data_file_is_named(refused: Refused, tmp_path: Path, case: str) -> None:
    text, message = FILES[case]
    file = tmp_path / "data.csv"
    if text is not None:
        file.write_text(text)
    line = refused("data=csv", f"data.path={file}", "data.column=x", "dataset_size=[3]")
    assert message in line
    assert str(file) in line


PLUGINS = {
    "does not import": "import nowhere_at_all\n",
    "has no PLUGIN": "'''Nothing.'''\n",
    "exists already": "from bench.estimators.pathwise import PLUGIN\n",
    "PLUGIN is a str": "PLUGIN = 'pathwise'\n",
}


@pytest.mark.parametrize("message", PLUGINS)
def test_a_bad_plugin_file_is_named(refused: Refused, tmp_path: Path, message: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(PLUGINS[message])
    line = refused(plugin_files(file))
    assert message in line
    assert str(file) in line


ESTIMATOR = (TOP / "tests" / "plugins" / "second_order.py").read_text()
SLIPS = {
    "needs what f has not": (
        ('("slope", ', '("gradient", '),
        "rule.needs is ('gradient', 'curvature'); allowed: a tuple of value, slope, curvature",
    ),
    "forgets the decorator": (
        ("@kernel\n", ""),
        "rule.combine is the function combine(noise, j, theta, phi, f, first, out); allowed: ",
    ),
    "forgets an argument": (
        ("phi, f, first, out):", "f, first, out):"),
        "rule.combine is the kernel combine(noise, j, theta, f, first, out); allowed",
    ),
    "forgets a need": (
        ('("slope", "curvature")', '("slope",)'),
        "rule.combine reads f.curvature, which rule.needs=('slope',) does not name",
    ),
    "forgets the rule": (
        ('return Points(combine, ("slope", "curvature")) if', "return None if"),
        "rule(normal) is None; allowed: Weights, Points, or why there is none in words",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_an_estimator_is_named(refused: Refused, tmp_path: Path, slip: str) -> None:
    (right, wrong), message = SLIPS[slip]
    assert right in ESTIMATOR
    file = tmp_path / "mine.py"
    file.write_text(ESTIMATOR.replace(right, wrong))
    line = refused(plugin_files(file), "estimator=[second_order]")
    assert line.startswith(f"{file}: {message}")


def test_a_kernel_that_reads_what_f_has_not_is_named_when_it_is_compiled(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(ESTIMATOR.replace("f.slope[", "f.gradient["))
    plugin = (plugin_files(tmp_path / "mine.py"), "estimator=[second_order]")
    code, out, err = command("sweep", "study=smoke", f"output={tmp_path}", "name=run", "rounds=0", *plugin)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        f"error: plugins: {tmp_path / 'mine.py'}: combine does not compile: line 18: "
        "unknown attribute gradient; it has value, slope, curvature"
    )


@pytest.mark.parametrize("place", ["", "/run", "/run/deeper"])
def test_an_output_folder_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    target = f"output={tmp_path}" if not place else f"output={tmp_path}/file{place}"
    line = one_line(command("sweep", "study=smoke", target, "name=file"))
    assert line.startswith("output: cannot write to '")
    assert line.endswith("; give a writable folder")
    assert (tmp_path / "file").read_text() == "in the way"


def test_unknown_commands_and_keys_of_other_commands() -> None:
    commands = "catalogue, check, compare, export, fit, index, merge, new, peers, report, studies, sweep, track"
    assert one_line(command("sweeep")) == f"unknown command 'sweeep'; known: {commands}; did you mean sweep?"
    assert one_line(command("catalogue", "sigma=[1]")).startswith("unknown key 'sigma'; known: config_dir, plugins")
    assert one_line(command("report", "study=smoke")).startswith(
        "unknown key 'study'; known: along, colours, config_dir, estimators, figures, force, format, height, "
    )
    assert "study, write_components; did you mean study?" in one_line(command("sweep", "studdy=smoke"))
    assert one_line(command("sweep", "-m", "config_dir=a,b")).startswith("config_dir='a,b' is not allowed; ")


OTHERS = {  # more words, of this command and of others
    "data in a list": "sweep data=[newcomb,normal]",
    "data in commas": "sweep data=newcomb,normal",
    "estimators in commas": "sweep estimator=pathwise,score_function",
    "seeds in commas": "sweep seed=0,1",
    "text in commas": "sweep output=a,b",
    "latents in commas": "sweep latent=shared,per_datum",
    "an executor in a list": "sweep executor=[serial]",
    "no objective": "sweep objective=null",
    "a combination without names": "sweep derived=[1,2]",
    "a combination without numbers": "sweep derived.total=[0,0]",
    "a name that is none": "sweep derived.a-b=[1,2]",
    "no samplers to compare": "sweep compare_samplers=true",
    "a flag in words": "sweep resume=yes",
    "a key below a choice": "sweep objective.squared_error=[1]",
    "styles in a list": "report style=[web,icml]",
    "an unknown style": "report style=nature",
    "a key of a style": "report style.hight=3",
    "results in commas": "compare base=a,b",
}
WORDS = {name: f"sweep {words}" for name, (words, _) in CASES.items()} | OTHERS


def refusal(words: str, plugins: Registry) -> str:
    """The line of an error before anything is drawn, empty where there is none."""
    command, *overrides = words.split()
    try:
        compose.plugin_files(command, overrides)
        config = compose.compose(command, instead("study=smoke", *overrides) if command == "sweep" else overrides)
        if command == "sweep":
            cells.build(settings.check(config, plugins), plugins)
    except BadInput as error:
        return str(error)
    return ""


@pytest.fixture(scope="module")
def stored(plugins: Registry) -> Registry:
    """The plug-ins, stored for Hydra once: it composes equal choices once until others are stored."""
    compose.store(plugins)
    return plugins


@pytest.mark.parametrize("case", WORDS)
@pytest.mark.thinned(4)
def test_what_is_advised_is_accepted(case: str, stored: Registry) -> None:
    """Typed in the place of the last word; that data=csv needs a path is advice that is followed in its turn."""
    others, _, last = WORDS[case].rpartition(" ")
    line = refusal(WORDS[case], stored)
    for hint in hints(last, line, compose.compose(others.split()[0], others.split()[1:])):
        again = refusal(f"{others} {typed(hint)}", stored)
        assert again == "" or again.startswith("data.path is not given; data=csv needs it: "), (line, hint)


def test_the_path_that_is_advised_is_accepted(plugins: Registry, tmp_path: Path) -> None:
    compose.store(plugins)
    (tmp_path / "data.csv").write_text("x\n1\n2\n3\n4\n5\n")
    line = refusal("sweep data=csv", plugins)
    advice = line.partition("data=csv needs it: ")[2].replace("FILE", f"{tmp_path}/data.csv").replace("NAME", "x")
    assert refusal(f"sweep data=csv {advice}", plugins) == ""


def test_what_is_advised_of_letters_is_accepted_from_a_shell() -> None:
    (text,) = shlex.split(
        re.findall(r"KEY=\S+ \S+$", refusal("sweep sigma=[1", registry.load()))[0].replace("KEY", "output")
    )
    assert compose.compose("sweep", [text])["output"] == "a, [b"

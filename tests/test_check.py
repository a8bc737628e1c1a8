"""`red-catalog check`: formats, profiles, exit codes and what it says of bad input."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from red_catalog.cli import run_command
from red_catalog.model import Checked, Defect, Unreadable
from red_catalog.publish.checks import sarif
from red_catalog.publish.web.languages import language

DATASET = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix healthdcatap: <http://healthdataportal.eu/ns/health#> .

<https://chu-valmont.example.fr/jeu/sejours> a dcat:Dataset ;
    dct:title "=HYPERLINK(1) <script>alert(1)</script>"@fr ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC> ;
    dcat:distribution <https://chu-valmont.example.fr/jeu/sejours/extrait> ;
    healthdcatap:healthCategory "Dossiers de sante electronique" ;
    healthdcatap:numberOfRecords "1 200" .

<https://chu-valmont.example.fr/jeu/sejours/extrait> a dcat:Distribution ;
    dct:title "-2+3"@fr .
"""


class Done(NamedTuple):
    """What a check printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Checks a document of this name and content in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def run(name: str, content: str | bytes | None, *options: str) -> Done:
        if content is not None:
            whole = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(whole)
        code = run_command(["check", name, *options])
        printed = capfd.readouterr()
        return Done(code, printed.out, printed.err)

    return run


def as_json(done: Done) -> Any:
    """The document that a check printed."""
    return json.loads(done.out)


def test_json_keeps_the_contract(check: Run) -> None:
    """The keys and kinds of docs/command-line.md, for a document that is read."""
    found = as_json(check("jeu.ttl", DATASET, "--format", "json"))
    assert found["profile"] == "healthdcat-ap-8"
    assert found["release"] == "8"
    assert found["shapes"].startswith("sha256:")
    assert found["document"]["verdict"] == "read"
    (dataset,) = found["datasets"]
    assert (dataset["access_rights"], dataset["verdict"]) == ("NON_PUBLIC", "flagged")
    assert {
        "severity", "focus", "path", "value", "component", "shape", "message", "fix", "line",
    } == set(dataset["findings"][0])  # fmt: skip
    assert all(isinstance(f["message"], str) for f in dataset["findings"])
    given = dataset["minimum_elements"]
    assert given["given"] + len(given["missing"]) == given["applicable"]
    assert set(dataset["mqa"]) >= {"score", "band"}


def test_json_of_a_document_has_the_same_keys_read_or_not(check: Run) -> None:
    """What only a refused document has is null in one that was read; held back ones have it too."""
    read = as_json(check("jeu.ttl", DATASET, "--json"))["document"]
    refused = as_json(check("jeu.rdf", "<a><b></a>", "--json"))["document"]
    held = as_json(check("jeu.ttl", DATASET.replace('"-2+3"@fr .', '"-2+3@fr .'), "--json"))
    why = ("code", "message", "fix", "line", "column")
    assert read.keys() == refused.keys() == {"location", "verdict", "repaired", *why}
    assert [read[key] for key in why] == [None] * 5
    assert (refused["line"], type(refused["column"])) == (1, int)
    assert held["quarantined"]
    assert all(one.keys() == {"iri", *why} for one in held["quarantined"])


def test_json_of_an_unreadable_document_says_why(check: Run) -> None:
    """The verdict, the sentence and the line; no dataset."""
    done = check("jeu.ttl", DATASET[:-80], "--format", "json")
    found = as_json(done)
    assert (done.code, found["datasets"]) == (1, [])
    assert found["document"]["verdict"] == "unreadable"
    assert found["document"]["line"] is not None
    assert found["document"]["message"]


def test_each_finding_belongs_to_one_problem(check: Run) -> None:
    """The problems number every finding once, and a finding has its problem's message."""
    (dataset,) = as_json(check("jeu.ttl", DATASET, "--json"))["datasets"]
    numbers = [n for p in dataset["problems"] for n in p["findings"]]
    assert sorted(numbers) == list(range(len(dataset["findings"])))
    for problem in dataset["problems"]:
        for number in problem["findings"]:
            assert dataset["findings"][number]["message"] == problem["message"]


def test_a_wrong_code_is_one_problem_with_its_line_and_the_right_code(check: Run) -> None:
    """Three results, one message: what was found, what is meant, what to paste."""
    (dataset,) = as_json(check("jeu.ttl", DATASET, "--json"))["datasets"]
    (problem,) = [p for p in dataset["problems"] if (p["path"] or "").endswith("healthCategory>")]
    assert len(problem["findings"]) == 3
    assert problem["line"] == 9
    assert [s["iri"].rsplit("/", 1)[-1] for s in problem["suggestions"]] == ["EHRS"]
    assert "Vouliez-vous dire « Dossiers de santé électroniques » ?" in problem["fix"]
    assert problem["page"] == "rules/healthdcat-ap-8/dataset-health-category.html"


def test_several_profiles_are_never_mixed(check: Run) -> None:
    """One object a profile, each with its own release and findings."""
    options = ("--profile", "healthdcat-ap-8", "--profile", "red", "--json")
    found = as_json(check("jeu.ttl", DATASET, *options))
    assert [one["profile"] for one in found] == ["healthdcat-ap-8", "red"]
    for one in found:
        for dataset in one["datasets"]:
            assert all(f"/{one['profile']}/" in (p["page"] or "") for p in dataset["problems"])


OTHERS = [
    ('dct:type "cohorte"', "sh:nodeKind sh:IRI",
     "« cohorte » n'est pas une adresse web complète.",
     "Remplacez cette valeur par une adresse web complète."),
    ('<http://www.w3.org/2006/vcard/ns#hasEmail> "donnees @chu.example"', "sh:nodeKind sh:IRI",
     "« donnees @chu.example » n'est pas une adresse électronique écrite mailto:nom@domaine.",
     "Remplacez cette valeur par une adresse électronique écrite mailto:nom@domaine."),
    ('dct:source "https://chu-valmont.example.fr/7"', "sh:datatype xsd:anyURI",
     "« https://chu-valmont.example.fr/7 » est lisible, mais n'est pas déclaré comme "
     "une adresse web complète.",
     "Gardez la valeur et déclarez-la comme une adresse web complète."),
    ("dct:publisher <https://chu-valmont.example.fr/>", "sh:in ( <urn:a> )",
     "« https://chu-valmont.example.fr/ » ne fait pas partie des valeurs permises.",
     "Corrigez cette valeur."),
    ('dct:identifier "7"', 'sh:pattern "^CHU-"',
     "« 7 » n'a pas la forme attendue.",
     "Remplacez cette valeur par une valeur de la forme « ^CHU- »."),
    ('dct:title "8"', 'sh:pattern "^CHU-" ; sh:message "Écrivez CHU-."@fr , "Do."@en',
     "« 8 » n'a pas la forme attendue.", "Écrivez CHU-."),
]  # fmt: skip


def test_shapes_of_others_are_told_in_plain_words(check: Run, tmp_path: Path) -> None:
    """What is wrong with a value, and what to do, whatever the shapes say themselves."""
    head = DATASET.partition("<https")[0] + "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    head += "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    shapes = f"{head}<urn:jeu> sh:targetClass dcat:Dataset .\n"
    for number, (said, asked, *_) in enumerate(OTHERS):
        shapes += f"<urn:jeu> sh:property <urn:{number}> .\n"
        shapes += f"<urn:{number}> sh:path {said.split()[0]} ; {asked} .\n"
    (tmp_path / "maison.ttl").write_text(shapes, encoding="utf-8")
    run_command(["init", "."])
    assert run_command(["shapes", "install", "maison.ttl"]) == 0
    statements = " ; ".join(statement for statement, *_ in OTHERS)
    document = f"{head}<https://chu-valmont.example.fr/jeu/7> a dcat:Dataset ; {statements} ."
    done = check("jeu.ttl", document, "--profile", "maison", "--format", "json")
    told = json.loads(done.out[done.out.index("{") :])["datasets"][0]["problems"]
    found = {(p["message"].partition(" : ")[2], p["fix"]) for p in told}
    assert found == {(wrong, mend) for _, _, wrong, mend in OTHERS}


def test_the_shacl_report_has_every_finding(check: Run) -> None:
    """A report graph with as many results as the JSON has findings."""
    graph = rdflib.Graph().parse(data=check("jeu.ttl", DATASET, "--format", "ttl").out)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    (dataset,) = as_json(check("jeu.ttl", DATASET, "--json"))["datasets"]
    assert len(list(graph.objects(report, SH.result))) == len(dataset["findings"])
    assert str(graph.value(report, SH.conforms)) == "false"


@pytest.mark.parametrize(
    ("name", "encoding"), [("declaration.txt", "utf-16"), ("declaration.tsv", "utf-8")]
)
def test_text_of_a_spreadsheet_program_is_read(check: Run, name: str, encoding: str) -> None:
    """Excel's “Unicode text” and tables with tabs, as on the site."""
    table = "Identifiant\tTitre\tDescription\r\nURG\tPassages aux urgences\tDepuis 2015\r\n"
    found = as_json(check(name, table.encode(encoding), "--json"))
    assert (found["document"]["verdict"], len(found["datasets"])) == ("read", 1)


def test_csv_holds_no_formula(check: Run) -> None:
    """No cell starts with what a spreadsheet would run; a mark lets it read the accents."""
    out = check("jeu.ttl", DATASET, "--format", "csv").out
    assert out[:5] == "\ufeffréfé"
    rows = list(csv.reader(StringIO(out)))
    assert len({len(row) for row in rows}) == 1
    assert [c for row in rows for c in row if c.startswith(("=", "+", "-", "@"))] == []


def test_html_runs_and_loads_nothing(check: Run) -> None:
    """No script, nothing from elsewhere, and a holder's text stays text."""
    page = check("jeu.ttl", DATASET, "--format", "html").out
    assert "<script" not in page
    assert "src=" not in page
    assert "href=" not in page
    assert '<html lang="fr">' in page
    assert "&lt;script&gt;" in page


def test_html_tells_the_language_of_a_title(check: Run) -> None:
    """A French title is marked as such in the report in English."""
    page = check("jeu.ttl", DATASET, "--format", "html", "--lang", "en").out
    assert '<h3 class="card-title"><bdi lang="fr">=HYPERLINK' in page


def test_html_has_headings_one_below_the_other(check: Run) -> None:
    """Document, profile, dataset, how grave: no level is left out, and the digest has a name."""
    page = check("jeu.ttl", DATASET, "--format", "html").out
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[:4] == [1, 2, 3, 4]
    assert {3, 4} == set(levels[2:])
    assert "Empreinte des règles\xa0: sha256:" in page


def test_junit_fails_what_blocks(check: Run) -> None:
    """As many failures as blocking problems; the rest passes."""
    suites = ET.fromstring(check("jeu.ttl", DATASET, "--format", "junit").out)
    (dataset,) = as_json(check("jeu.ttl", DATASET, "--json"))["datasets"]
    blocking = [p for p in dataset["problems"] if p["severity"] == "violation"]
    assert len(list(suites.iter("failure"))) == len(blocking)
    assert suites[0].get("failures") == str(len(blocking))


def test_junit_is_well_formed_whatever_a_value_holds(check: Run) -> None:
    """A value of markup is quoted as text, which programs of CI read as it was written."""
    wrong = DATASET.replace('"1 200"', '"<b>1 & 200"')
    suites = ET.fromstring(check("jeu.ttl", wrong, "--format", "junit").out)
    assert any("<b>1 & 200" in text for text in suites.itertext())


def test_no_two_cases_of_a_suite_have_one_name(check: Run) -> None:
    """Of two wrong values of one property both are shown, not the first alone."""
    wrong = DATASET.replace("a dcat:Dataset ;", 'a dcat:Dataset ; dct:language "zz", "yy" ;')
    suites = ET.fromstring(check("jeu.ttl", wrong, "--format", "junit").out)
    names = [case.get("name", "") for case in suites[0].iter("testcase")]
    assert "le jeu de données: Langue (2)" in names
    assert len(set(names)) == len(names)


def test_sarif_takes_braces_of_data_for_no_arguments(check: Run) -> None:
    """They are doubled, as its messages want them; addresses are escaped, runs told apart."""
    wrong = DATASET.replace("a dcat:Dataset ;", 'a dcat:Dataset ; dcat:theme "santé {0}" ;')
    runs = json.loads(check("jeu é.ttl", wrong, "--format", "sarif").out)["runs"]
    texts = [result["message"]["text"] for result in runs[0]["results"]]
    assert [one for one in texts if "« santé {{0}} »" in one]
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for run in runs
        for result in run["results"]
    }
    assert places == {"jeu%20%C3%A9.ttl"}
    categories = [run["automationDetails"]["id"] for run in runs]
    assert categories == ["red-catalog/healthdcat-ap-8/", "red-catalog/red/"]


def test_sarif_escapes_a_web_address_once() -> None:
    """What is escaped already, and what parts an address, stay."""
    words = {"fr": "Vide.", "en": "Empty."}
    address = "https://chu.example.fr/a%20b/jeu é.ttl?v=1#x"
    nothing = Unreadable(address, Defect("empty", words, words))
    checked = Checked(address, "red", "1", "", words, unreadable=nothing)
    made = json.loads(sarif.write([checked], "fr"))
    (result,) = made["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "https://chu.example.fr/a%20b/jeu%20%C3%A9.ttl?v=1#x"


def test_sarif_points_at_lines(check: Run) -> None:
    """Version 2.1.0, a rule for each result, the line where it is known."""
    found = json.loads(check("jeu.ttl", DATASET, "--format", "sarif").out)
    run, own = found["runs"]
    assert [one["properties"]["profile"] for one in (run, own)] == ["healthdcat-ap-8", "red"]
    assert found["version"] == "2.1.0"
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {r["ruleId"] for r in run["results"]} <= rules
    lines = [
        r["locations"][0]["physicalLocation"]["region"]["startLine"]
        for r in run["results"]
        if r["ruleId"] == "dataset-health-category"
    ]
    assert lines == [9]


@pytest.mark.parametrize("form", ["text", "json", "ttl", "html", "csv", "junit", "sarif"])
def test_the_same_check_gives_the_same_bytes(check: Run, form: str) -> None:
    """Every format is deterministic, in both languages, and says nothing on stderr."""
    for lang in ("fr", "en"):
        options = ("--format", form, "--lang", lang)
        first = check("jeu.ttl", DATASET, *options)
        assert first == check("jeu.ttl", DATASET, *options)
        assert first.err == ""


def test_fail_on_decides_the_exit_code(check: Run) -> None:
    """Violations fail by default; never means never for what was read."""
    assert check("jeu.ttl", DATASET).code == 1
    assert check("jeu.ttl", DATASET, "--fail-on", "never").code == 0


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("page.ttl", "<!doctype html><html><body>Connexion</body></html>", "Page HTML reçue"),
        ("vide.ttl", "", "est vide"),
        ("moitie.ttl", DATASET[: len(DATASET) // 2], "moitie.ttl:"),
        ("latin.ttl", DATASET.replace("Dossiers", "Santé").encode("latin-1"), "UTF-8"),
        ("rien.ttl", "<https://chu-valmont.example.fr/> a <https://ex.example/Autre> .",
         "rien.ttl ne décrit aucun jeu de données"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(
    check: Run, name: str, content: str | bytes, expected: str
) -> None:
    """The document, the line where there is one, and what to do; exit code 1, no traceback."""
    done = check(name, content)
    assert done.code == 1
    told = " ".join(done.out.split())
    assert expected in told
    assert name in told
    assert done.err == ""


def test_a_missing_file_is_told_in_one_sentence(check: Run) -> None:
    """The path and what to do, with exit code 2."""
    done = check("absent.ttl", None)
    assert (done.code, done.out) == (2, "")
    assert done.err == "red-catalog: absent.ttl does not exist: check the path.\n"


def test_a_dataset_without_title_is_told_which_one(check: Run) -> None:
    """Its address stands for its title, and the line is that of its description."""
    text = DATASET.replace('    dct:title "=HYPERLINK(1) <script>alert(1)</script>"@fr ;\n', "")
    told = check("jeu.ttl", text).out
    assert "Jeu de données sans titre\nhttps://chu-valmont.example.fr/jeu/sejours\n" in told
    assert "Il manque «\xa0Titre\xa0» dans la description du jeu de données. (ligne\xa05)" in told


def test_control_characters_of_a_value_are_not_printed(check: Run) -> None:
    """A terminal is not driven by what a holder wrote."""
    text = DATASET.replace("Dossiers de sante", r"\u001B[31mRouge\u202E")
    told = check("jeu.ttl", text).out
    assert "\x1b" not in told
    assert "\u202e" not in told


DECLARED = Path(__file__).parents[1] / "samples" / "clinique-tamaris" / "evenements-indesirables"


def declared(folder: Path) -> list[str]:
    """The CSV files of a clinic's declaration, in a folder `tableurs` with what is none."""
    place = folder / "tableurs"
    place.mkdir()
    for file in DECLARED.glob("*.csv"):
        (place / file.name).write_bytes(file.read_bytes())
    (place / ".~lock.contacts.csv").write_bytes(b"Marin")
    (place / "Lisez-moi.txt").write_bytes(b"A envoyer")
    return [f"tableurs/{name}.csv" for name in ("datasets", "distributions", "contacts")]


def test_csv_files_of_one_declaration_are_checked_together(check: Run, tmp_path: Path) -> None:
    """Contacts and distributions are found in the files beside, named one by one or as a folder."""
    files = declared(tmp_path)
    together = check(files[0], None, *files[1:], "--json")
    (found,) = json.loads(together.out)["datasets"]
    assert not [
        p for p in found["problems"] if p["path"] == "<http://www.w3.org/ns/dcat#distribution>"
    ]
    folder = json.loads(check("tableurs", None, "--json").out)
    assert folder["datasets"] == [found]
    # Which the template cannot give; of RDF it is asked.
    source = "<http://purl.org/dc/terms/source>"
    assert source in {f["path"] for f in found["findings"]}
    assert source not in {p["path"] for p in found["problems"]}
    (other,) = json.loads(check("jeu.ttl", DATASET, "--json").out)["datasets"]
    assert source in {p["path"] for p in other["problems"]}
    assert folder["document"]["repaired"] == []
    said = " ".join(check(files[0], None).out.split())
    assert "si un fichier CSV des contacts existe, donnez-le avec celui-ci" in said


def test_a_mistake_in_one_of_several_files_is_told_with_its_file(
    check: Run, tmp_path: Path
) -> None:
    """The sentence names the file and row; no list of all files stands before it."""
    declared(tmp_path)
    contacts = tmp_path / "tableurs" / "contacts.csv"
    contacts.write_bytes(contacts.read_bytes().replace(b"donnees@clinique", b"donnees clinique"))
    said = check("tableurs", None).out.splitlines()
    assert "  2. Fichier contacts.csv, ligne 2, colonne C" in "\n".join(said)


def test_only_spreadsheets_are_checked_together(check: Run, tmp_path: Path) -> None:
    """Two RDF documents are two declarations; a folder without CSV files has nothing to check."""
    (tmp_path / "b.ttl").write_text(DATASET, "utf-8")
    done = check("a.ttl", DATASET, "b.ttl")
    assert (done.code, done.out) == (2, "")
    assert "a.ttl is no spreadsheet: name one document" in done.err
    (tmp_path / "vide").mkdir()
    done = check("vide", None)
    assert (done.code, "is a folder without CSV files" in done.err) == (2, True)


CONFORMING = Path(__file__).parents[1] / "samples" / "chu-valmorin" / "activite-capacitaire.ttl"


def test_fixes_are_offered_where_there_are_some(check: Run, tmp_path: Path) -> None:
    """For a numbered problem in RDF; neither where things are merely advised nor for CSV."""
    offer = "ajoutez --fixes"
    assert offer in check("jeu.ttl", DATASET).out
    advised = check("b.ttl", CONFORMING.read_bytes())
    assert "À compléter si possible" in advised.out
    (whole,) = json.loads(check("b.ttl", None, "--json").out)["datasets"]
    assert any(p["turtle"] for p in whole["problems"])
    assert offer not in advised.out
    declared(tmp_path)
    for options in ((), ("--fixes",)):
        said = check("tableurs", None, *options).out
        assert "Bloquant (" in said
        assert offer not in said
        assert "@prefix" not in said
    (found,) = json.loads(check("tableurs", None, "--json").out)["datasets"]
    assert {p["turtle"] for p in found["problems"]} == {None}


DATED = DATASET.replace(
    "dcat:distribution <",
    'dct:modified "31 février 2024"@fr , "2024-02-31" ;\n    dcat:distribution <',
    1,
)


def test_our_own_checks_stand_beside_the_usual_profile(check: Run) -> None:
    """A date that no calendar has is told in every form, as the report after a harvest does."""
    found = as_json(check("jeu.ttl", DATED, "--json"))
    (own,) = found["datasets"][0]["others"]
    assert (found["profile"], own["profile"]) == ("healthdcat-ap-8", "red")
    assert any("2024-02-31" in p["message"] for p in own["problems"])
    assert all(set(p["findings"]) <= set(range(len(own["findings"]))) for p in own["problems"])
    for form in ("text", "html", "csv", "junit", "sarif"):
        assert "2024-02-31" in check("jeu.ttl", None, "--format", form).out
    told = check("jeu.ttl", None).out.partition("Contrôles propres à ce catalogue\n")
    assert "2024-02-31" in told[2]
    assert "2024-02-31" not in told[0]


def test_our_own_checks_decide_nothing_unless_they_are_named(check: Run) -> None:
    """The exit code is that of the main profile; a named profile is run alone."""
    text = CONFORMING.read_text("utf-8")
    wrong = text.replace('dct:issued "2019-05-10"^^xsd:date', 'dct:issued "2024-02-31"')
    done = check("b.ttl", wrong, "--json")
    (dataset,) = as_json(done)["datasets"]
    assert (done.code, dataset["verdict"]) == (0, "conformant")
    assert any("2024-02-31" in p["message"] for p in dataset["others"][0]["problems"])
    failures = ET.fromstring(check("b.ttl", None, "--format", "junit").out).iter("failure")
    assert list(failures) == []
    runs = json.loads(check("b.ttl", None, "--format", "sarif").out)["runs"]
    assert {r["level"] for run in runs for r in run["results"]} <= {"warning", "note"}
    assert ",bloquant," not in check("b.ttl", None, "--format", "csv").out
    assert "2024-02-31" not in check("b.ttl", None, "--profile", "healthdcat-ap-8").out
    assert check("b.ttl", None, "--profile", "red").code == 1


def test_a_catalogue_without_our_own_checks_does_not_tell_them(check: Run, tmp_path: Path) -> None:
    """What `red.toml` leaves out of a harvest's report is not told before it either."""
    run_command(["init", "."])
    done = check("jeu.ttl", DATED, "--format", "csv")
    assert "2024-02-31" in done.out
    file = tmp_path / "red.toml"
    file.write_text(file.read_text("utf-8").replace(', "red"]', "]"), encoding="utf-8")
    assert "2024-02-31" not in check("jeu.ttl", None, "--format", "csv").out


def test_a_refused_value_is_told_once(check: Run, tmp_path: Path) -> None:
    """Where it was written, as what blocks, and not as something missing besides."""
    declared(tmp_path)
    rows = tmp_path / "tableurs" / "datasets.csv"
    whole = rows.read_bytes()
    assert whole.count(b";non public;") == 1
    rows.write_bytes(whole.replace(b";non public;", b";restreint aux patients;"))
    (found,) = json.loads(check("tableurs", None, "--json").out)["datasets"]
    told = [p for p in found["problems"] if p["path"] == "<http://purl.org/dc/terms/accessRights>"]
    (problem,) = told
    assert problem["severity"] == "violation"
    assert problem["message"].startswith("Fichier datasets.csv, ligne 2, colonne")
    assert "« restreint aux patients » n'est pas dans la liste." in problem["message"]
    for form in ("text", "html"):
        said = check("tableurs", None, "--format", form).out.replace("\xa0", " ")
        assert " ".join(said.split()).count("restreint aux patients") == 1
        assert "Il manque « Conditions d'accès »" not in said


def test_one_minimum_element_is_singular(check: Run) -> None:
    """“Is given” of one, “are given” of several, in both languages."""
    bare = "<https://chu-valmont.example.fr/1> a <http://www.w3.org/ns/dcat#Dataset>"
    one = check("jeu.ttl", f'{bare} ; <http://purl.org/dc/terms/title> "Lits"@fr .')
    assert "1 des 27 éléments minimaux applicables est renseigné." in one.out
    assert "1 of the 27 applicable minimum elements is given." in check(
        "jeu.ttl", None, "--lang", "en", "--format", "html"
    ).out  # fmt: skip
    assert "éléments minimaux applicables sont renseignés." in check("b.ttl", DATASET).out
    (said,) = [m for m in language("fr").messages if m.startswith("%(n)s of the %(applicable)s")]
    for number, verb in ((1, "est renseigné."), (2, "sont renseignés.")):
        assert language("fr").ngettext(said, said, number, applicable=27).endswith(verb)


ROW = "CHUTES;Accès en espace sécurisé, sur autorisation;https://www.clinique-tamaris.example/"
MAIL = "secretariat@clinique-tamaris.example;https://www.clinique-tamaris.example/contact;;;"
NAMED = "TAMARIS;TAMARIS;ORAD;DIM;"


@pytest.mark.parametrize(
    ("changes", "path", "messages"),
    [
        ([("contacts", MAIL, "secrétariat;;;;")], "hasEmail",
         ["Fichier contacts.csv, ligne 3, colonne C « Adresse électronique » : « secrétariat »"]),
        ([("contacts", MAIL, "secrétariat;;;;"), ("datasets", NAMED, NAMED[:-4] + "Accueil;")],
         "hasEmail", ["Il manque « Adresse électronique ou page de contact »"]),
        ([("distributions", ROW, "CHUTES;Extrait;sur place;\n" + ROW)], "accessURL",
         ["Fichier distributions.csv, ligne 2, colonne C « Adresse d'accès » : « sur place »"]),
        ([("distributions", ROW, "CHUTES;Extrait;sur place https://www.orad.example/;\n"
           "CHUTES;Échantillon;;\n" + ROW)], "accessURL", ["Il manque « Adresse d'accès »"]),
        ([("distributions", ROW, f"CHUTES;Extrait;sur place|{ROW[-37:]};\nCHUTES;;;\n" + ROW)],
         "accessURL", ["Il manque « Adresse d'accès »"]),
        ([("datasets", "Espace européen des données de santé, règlement (UE) 2025/327", ""),
          ("distributions", "Langue", "Législation applicable"),
          ("distributions", "français", "la loi")], "applicableLegislation",
         ["Il manque « Législation applicable » dans la description du jeu de données",
          "Fichier distributions.csv, ligne 2, colonne D"]),
        ([("datasets", ";2 340;", ";beaucoup;")], "numberOfRecords",
         ["« Nombre d'enregistrements » serait utile"]),
    ],
)  # fmt: skip
def test_a_refused_value_explains_its_own_row_alone(
    check: Run, tmp_path: Path, changes: list[tuple[str, str, str]], path: str, messages: list[str]
) -> None:
    """What another row lacks is told as it was found, and the refusal by itself."""
    declared(tmp_path)
    for name, old, new in changes:
        file = tmp_path / "tableurs" / f"{name}.csv"
        text = file.read_text("cp1252")
        assert old in text
        file.write_text(text.replace(old, new), encoding="cp1252")
    (found,) = json.loads(check("tableurs", None, "--json").out)["datasets"]
    about = [p for p in found["problems"] if path in (p["path"] or "")]
    told = [p["message"].replace("\xa0", " ") for p in about]
    assert len(told) == len(messages)
    assert all(map(str.startswith, told, messages))

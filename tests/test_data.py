"""Every file in data/ loads, every reference resolves, and the promises about sensitive subjects hold."""

import re
from pathlib import Path

import pyreadstat
import pytest

from tests.oracles.slow_count import score
from wellbeing.model.reference import (
    Codebook,
    CountRule,
    Direction,
    Indicator,
    Role,
    ScaleRule,
    Sensitivity,
    ShareRule,
)
from wellbeing.reference.codebooks import load_codebook, rule_questions
from wellbeing.reference.interventions import load_catalogue
from wellbeing.reference.national import load_national, load_national_notes
from wellbeing.reference.policy import load_policy

DATA = Path(__file__).parents[1] / "data"
FOLDERS = sorted(path for path in (DATA / "codebooks").iterdir() if path.is_dir())
CODEBOOKS = {folder.name: load_codebook(folder) for folder in FOLDERS}
EDITIONS = {name.removeprefix("gmj-"): book for name, book in CODEBOOKS.items() if re.fullmatch(r"gmj-\d{4}", name)}
SUBJECTS = [
    pytest.param(indicator, id=f"{codebook.id}-{indicator.id}")
    for codebook in CODEBOOKS.values()
    for indicator in codebook.indicators
]
GMJ = CODEBOOKS["gmj-2023"]

NEUTRAL = {"jonge_mantelzorger", "moeite_rondkomen", "langdurig_psychisch_ziek", "kan_bij_hulpverlener_terecht"}
STRICTER = {"stress_thuis", "naaktbeeld_verspreid", "moeite_rondkomen", "wiet_ooit", "wiet_4wk"}
DEFAULT_SET = {
    "ervaren_gezondheid_goed", "gelukkig", "psychische_klachten_mhi5", "eenzaam_vaak", "stress_een_of_meer",
    "stress_school", "stress_thuis", "stress_alles_moeten", "stress_mening_anderen", "prestatiedruk_totaal",
    "prestatiedruk_zelf", "prestatiedruk_anderen", "prestatiedruk_school", "weerbaar_voldoende", "herstelt_snel",
    "vertrouwen_toekomst_veel", "kan_bij_iemand_terecht", "kan_bij_volwassene_school_terecht", "school_leuk",
    "gespijbeld_4wk", "ziek_3dagen_4wk", "gepest_school", "gepest_online", "gepest_school_of_online",
    "naaktbeeld_verspreid", "moeite_rondkomen", "jonge_mantelzorger", "alcohol_4wk", "binge_4wk", "dronken_ooit",
    "roken_wekelijks", "vape_ooit", "vape_wekelijks", "roken_vapen_wekelijks", "wiet_ooit", "wiet_4wk",
    "socialmedia_risico", "gamen_risico", "loopt_fietst_5dagen", "sport_club_wekelijks", "beweegt_5dagen",
    "veilig_op_school", "leerlingen_goed_met_elkaar", "docenten_goed_met_leerlingen",
}  # fmt: skip
PROEF = {  # the subjects of the public trial file: its column, and the answers that count
    "ervaren_gezondheid_goed": ("EBEGK311", {"Zeer goed", "Goed"}),
    "psychische_klachten_mhi5": ("PBMHK3S3", {"Ja"}),
    "jonge_mantelzorger": ("MCMZGB208", {"Ja"}),
    "stress_school": ("STRESS1", {"Ja"}),
    "stress_thuis": ("STRESS2", {"Ja"}),
    "stress_werk": ("STRESS3", {"Ja"}),
    "stress_ouders": ("STRESS4", {"Ja"}),
    "stress_vrienden": ("STRESS5", {"Ja"}),
}


def rule_on(indicator_id: str, question: str) -> ShareRule:
    """The rule of the national monitor that reads this one question."""
    rules = GMJ.indicator(indicator_id).rules
    return next(rule for rule in rules if isinstance(rule, ShareRule) and rule.question == question)


def values_of(codebook: Codebook, heading: str) -> dict[str, tuple[str, str]]:
    """What each written text in this column means: its key and its label."""
    field = next(field for field in codebook.fields if heading in field.headings)
    return {written: (value.key, value.label) for value in field.values for written in value.written}


# --------------------------------------------------------------------------- every codebook


def test_the_questionnaires_are_here():
    assert set(EDITIONS) == {"2019", "2021", "2023", "2025"}
    assert set(CODEBOOKS) == {"glce-voorbeeld", "gmj-proefbestand"} | {f"gmj-{year}" for year in EDITIONS}


@pytest.mark.parametrize("indicator", SUBJECTS)
def test_a_neutral_subject_is_neutral_wherever_it_occurs(indicator: Indicator):
    assert (indicator.higher_is is Direction.NEUTRAL) >= (indicator.id in NEUTRAL)


@pytest.mark.parametrize("indicator", SUBJECTS)
def test_thoughts_of_suicide_are_for_the_region_only_and_come_with_the_safety_net(indicator: Indicator):
    about_suicide = re.search(r"suicide|suïcide|zelfdod|zelfmoord", indicator.id + indicator.sentence) is not None
    assert (indicator.sensitivity is Sensitivity.REGION_ONLY) == about_suicide
    assert not about_suicide or "113" in indicator.caution


@pytest.mark.parametrize("indicator", SUBJECTS)
def test_a_sensitive_subject_is_at_least_stricter(indicator: Indicator):
    sensitive = indicator.id in STRICTER or re.search(r"drug|discrimin|seks|condoom|naakt", indicator.id)
    assert not sensitive or indicator.sensitivity is not Sensitivity.NORMAL


@pytest.mark.parametrize("indicator", SUBJECTS)
def test_a_subject_leads_only_to_themes_of_the_catalogue(indicator: Indicator):
    assert set(indicator.catalogue_themes) <= {theme.id for theme in load_catalogue(DATA / "interventions").themes}


@pytest.mark.parametrize("indicator", SUBJECTS)
def test_a_sentence_reads_well_after_so_many_pupils(indicator: Indicator):
    assert re.fullmatch(r"\{leerlingen\} [a-z][^{}]*[a-z)]\.", indicator.sentence)
    verb = indicator.sentence.split()[1]
    assert not verb.endswith("en"), "the verb is singular: 'Bijna de helft van de leerlingen voelt ...'"


@pytest.mark.parametrize("indicator", SUBJECTS)
def test_texts_are_in_words_for_schools(indicator: Indicator):
    text = " ".join((indicator.label, indicator.sentence, indicator.why_it_matters)).casefold()
    assert not re.search(r"significant|p-waarde|indicator|slechter|dossier|respondent", text)


@pytest.mark.parametrize("codebook", CODEBOOKS.values(), ids=CODEBOOKS)
def test_every_level_of_a_codebook_has_a_bouw(codebook: Codebook):
    levels = {value.key for field in codebook.fields if field.role is Role.LEVEL for value in field.values}
    assert levels <= set(load_policy(DATA / "policy.toml").upper_from)


@pytest.mark.parametrize("codebook", CODEBOOKS.values(), ids=CODEBOOKS)
def test_every_question_and_theme_is_used(codebook: Codebook):
    used = {name for indicator in codebook.indicators for rule in indicator.rules for name in rule_questions(rule)}
    assert used == {question.id for question in codebook.questions}
    assert {indicator.theme for indicator in codebook.indicators} == {theme.id for theme in codebook.themes}


def test_a_subject_with_one_name_in_two_questionnaires_has_two_versions():
    versions: dict[str, set[tuple[str, str]]] = {}
    for codebook in CODEBOOKS.values():
        named = {(indicator.id, indicator.version) for indicator in codebook.indicators}
        versions.setdefault(codebook.instrument, set()).update(named)
    assert len(set.union(*versions.values())) == sum(map(len, versions.values()))


# --------------------------------------------------------------------------- the national monitor


def test_the_default_set_is_there_and_what_belongs_to_other_editions_is_not():
    subjects = {indicator.id for indicator in GMJ.indicators}
    assert subjects >= DEFAULT_SET | NEUTRAL | {"suicidegedachten_vaak"}
    assert not any(re.search("who5|2025|hbsc|scholm", subject) for subject in subjects)
    assert not subjects & {"overgewicht", "schulden_zorgen", "discriminatie_ervaren", "condoom_altijd"}


@pytest.mark.parametrize("question", GMJ.questions, ids=lambda question: question.id)
def test_nine_is_unknown_and_eight_is_a_pupil_who_was_not_asked(question):
    assert 9 in question.missing
    codes = {answer.code for answer in question.answers}
    assert (8 in codes) == (question.not_applicable == (8,))
    composed = re.fullmatch(r"[A-Z]{5}3S\d+", question.id)
    assert not composed or codes == {0, 1}


def test_pupils_who_were_not_asked_count_as_no():
    rules = [rule for indicator in GMJ.indicators for rule in indicator.rules if not hasattr(rule, "highest")]
    assert {rule.not_applicable for rule in rules} == {"nee"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("subject", "question", "cases"),
    [
        ("ervaren_gezondheid_goed", "EBEGK311", {"Zeer goed", "Goed"}),
        ("eenzaam_vaak", "SBEZK301", {"Vaak", "(Bijna) altijd"}),
        ("stress_school", "SBSSK301", {"Vaak", "Zeer vaak"}),
        ("stress_thuis", "SBSSK302", {"Vaak", "Zeer vaak"}),
        ("prestatiedruk_zelf", "SBPDK301", {"Ja, regelmatig", "Ja, vaak"}),
        ("prestatiedruk_school", "SBPDA304", {"Aangekruist"}),
        ("kan_bij_iemand_terecht", "GBZOK316", {"Niet aangekruist"}),
        ("kan_bij_volwassene_school_terecht", "GBZOK313", {"Aangekruist"}),
        ("school_leuk", "SBOSK304", {"Hartstikke leuk", "Leuk"}),
        ("veilig_op_school", "SOOSK301", {"Eens", "Helemaal eens"}),
        ("roken_wekelijks", "LBRAA312", {"Elke dag", "Minstens 1 keer per week, maar niet elke dag"}),
        ("vape_ooit", "LBGEK303", {"Ja"}),
        ("wiet_ooit", "LBSDK301", {"Ja"}),
        ("loopt_fietst_5dagen", "LBLBK321", {"5 dagen per week"}),
    ],
)
def test_the_answers_that_count_are_those_of_the_national_rules(subject, question, cases):
    labels = {answer.code: answer.label for answer in next(q for q in GMJ.questions if q.id == question).answers}
    assert {labels[code] for code in rule_on(subject, question).cases} == cases


@pytest.mark.parametrize(
    ("subject", "question", "no"),
    [
        ("alcohol_4wk", "LBAGA399", {"Nooit", "Nvt"}),
        ("binge_4wk", "LBAGA307", {"Nooit", "Nvt"}),
        ("dronken_ooit", "LBAGA394", {"Nooit", "Nvt"}),
        ("wiet_4wk", "LBSDA309", {"Nooit", "Nvt"}),
        ("sport_club_wekelijks", "LBLBK325", {"(Bijna) nooit", "Minder dan 1 dag per week"}),
    ],
)
def test_the_answers_that_do_not_count_are_those_of_the_national_rules(subject, question, no):
    answers = next(q for q in GMJ.questions if q.id == question).answers
    assert {answer.label for answer in answers if answer.code not in rule_on(subject, question).cases} == no


@pytest.mark.parametrize(
    ("subject", "questions", "at_least"),
    [
        ("stress_een_of_meer", {f"SBSSK30{n}" for n in range(1, 6)}, 1),
        ("prestatiedruk_totaal", {"SBPDK301", "SBPDK302"}, 1),
        ("jonge_mantelzorger", {"MBZTK302", "MBZTK305", "MBZTK308"}, 1),
        ("gepest_school_of_online", {"SBRLK3S11", "SBRLK3S21"}, 1),
        ("roken_vapen_wekelijks", {"LBRAA312", "LBGEA302"}, 1),
        ("beweegt_5dagen", {f"LBLBK{n}" for n in range(327, 334)}, 5),
    ],
)
def test_subjects_of_several_questions_count_them(subject, questions, at_least):
    counts = [rule for rule in GMJ.indicator(subject).rules if isinstance(rule, CountRule)]
    assert (questions, at_least) in [(set(rule.questions), rule.at_least) for rule in counts]


def test_follow_up_questions_are_read_cleaned_only():
    """In the raw ones (with a K) pupils who were not asked are empty, so a figure would come out too high."""
    assert not {question.id for question in GMJ.questions} & {
        "SBPDK304", "LBRAK312", "LBGEK302", "LBAGK399", "LBAGK307", "LBAGK394", "LBSDK309",
    }  # fmt: skip


def test_composed_variables_that_changed_their_meaning_come_after_the_question_itself():
    first = {subject: rule_questions(GMJ.indicator(subject).rules[0]) for subject in ("vape_ooit", "vape_wekelijks")}
    assert first == {"vape_ooit": ("LBGEK303",), "vape_wekelijks": ("LBGEA302",)}
    assert "LBGEK3S4" in rule_questions(GMJ.indicator("vape_ooit").rules[1])
    assert "LBGEK3S3" in rule_questions(GMJ.indicator("vape_wekelijks").rules[1])
    assert rule_questions(GMJ.indicator("eenzaam_vaak").rules[0]) == ("SBEZK301",)


def test_one_family_of_alcohol_questions_is_read():
    read = {question.id for question in GMJ.questions if question.id.startswith("LBAGK3S")}
    assert read == {"LBAGK3S20", "LBAGK3S15", "LBAGK3S16"}
    assert {GMJ.indicator(subject).version for subject in ("alcohol_4wk", "binge_4wk")} == {"gmj-alcohol-ook-slokjes"}


def test_the_finest_level_comes_first_and_klas_is_not_taken_for_a_leerjaar():
    levels = [field.headings[0] for field in GMJ.fields if field.role is Role.LEVEL]
    assert levels == ["MBOKK3S33", "MBOKK3S32", "MBOKK3S31"]
    assert values_of(GMJ, "MBOKK3S33")["1"] == ("vmbo-bk", "Vmbo-bk")
    assert values_of(GMJ, "MBOKK3S31")["2"] == ("havo-vwo", "Havo/Vwo")
    assert (values_of(GMJ, "KLAS")["1"], values_of(GMJ, "MBOKK331")["1"]) == (("2", "Klas 2"), ("1", "Klas 1"))


# --------------------------------------------------------------------------- its editions

# Per subject the version in 2019, 2021, 2023 and 2025 (without "gmj-"); "-" where we cannot read it. A line
# of equal names is a trend. From the lists of changes in the published syntaxes, and the columns for trends of 2019
# and 2021.
TRENDS = """
ervaren_gezondheid_goed    2019 2019 2019 2019
gelukkig                   2019 2019 2019 2019
stress_een_of_meer         2019 2019 2019 2019
stress_school              2019 2019 2019 2019
stress_thuis               2019 2019 2019 2019
roken_wekelijks            2019 2019 2019 2019
alcohol_4wk                alcohol-ook-slokjes alcohol-ook-slokjes alcohol-ook-slokjes alcohol-ook-slokjes
binge_4wk                  - alcohol-ook-slokjes alcohol-ook-slokjes alcohol-ook-slokjes
vape_wekelijks             2019 - 2019 2019
roken_vapen_wekelijks      2019 - 2019 2019
vape_ooit                  - - 2023 2023
eenzaam_vaak               - 2021 2021 2021
wiet_ooit                  - 2021 2021 2021
wiet_4wk                   - 2021 2021 2021
school_leuk                - - 2023 2023
kan_bij_iemand_terecht     - - 2023 2023
veilig_op_school           - - oko-2023 oko-2023
psychische_klachten_mhi5   - mhi5-tot-en-met-60 mhi5-tot-en-met-60 -
laag_emotioneel_welbevinden_who5 - - - 2025
mentale_gezondheid_goed    - - - 2025
weerbaar_voldoende         weerbaar-8-stellingen weerbaar-8-stellingen weerbaar-8-stellingen weerbaar-5-stellingen
gepest_online              pesten-school-en-online pesten-school-en-online pesten-school-en-online -
gepest_school              - pesten-school-en-online pesten-school-en-online -
gepest_2025                - - - 2025
gepest_school_2025         - - - 2025
socialmedia_risico         2019 2019 2023 -
socialmedia_slaap          - - socialmedia-5-antwoorden socialmedia-3-antwoorden
gamen_risico               2019 2021 2023 2023
loopt_fietst_5dagen        2019 2019 2023 2025
sport_club_wekelijks       2019 2019 2023 2023
beweegt_5dagen             2019 2019 2023 2023
"""


@pytest.mark.parametrize("line", TRENDS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_a_trend_runs_where_the_question_stayed_and_breaks_where_it_did_not(line: str):
    subject, *versions = line.split()
    found = [
        next((item.version.removeprefix("gmj-") for item in book.indicators if item.id == subject), "-")
        for _, book in sorted(EDITIONS.items())
    ]
    assert found == versions


def test_editions_are_of_one_instrument_so_that_their_versions_decide():
    assert {book.instrument for book in EDITIONS.values()} == {"Gezondheidsmonitor Jeugd"}
    assert {year: book.edition for year, book in EDITIONS.items()} == {year: year for year in EDITIONS}


@pytest.mark.parametrize(
    ("heading", "years"),
    [
        ("LBGEK3S5", ()),  # daily vaping in the draft of October 2023
        ("GBZOK3S1", ()),  # support: another question in 2021, the draft of 2023 under the same name
        ("LBLBK3S12", ()),
        ("LBLBK3S13", ("2019", "2021")),
        ("LBLBK3S16", ("2023", "2025")),
        ("LBLBK321", ("2019", "2021", "2023")),  # six answers; seven under another name in 2025
        ("LBLBK335", ("2025",)),
        ("PBWBK3S2", ("2019", "2021", "2023")),
        ("PBWBK3S3", ("2025",)),
        ("PBMHK3S3", ("2021", "2023")),
        ("PBMGK3S4", ("2025",)),
        ("SBRLK3S31", ("2021", "2023")),
        ("SBRLK3S34", ("2025",)),
        ("LBGEK3S4", ("2023", "2025")),  # "ever" since 2023; in 2019 another question
        ("LBGEK3S3", ("2019", "2023", "2025")),  # vaping was not asked in 2021
        ("EBEGK3S2", ("2023", "2025")),  # other codes until 2021
        ("SBEZK3S1", ("2023", "2025")),  # 1 and 2 until 2021
        ("SBSGK3S12", ()),  # its syntax and its labels contradict each other
        ("SBSGK3S13", ()),
        ("LBAGK3S13", ()),  # the other family of alcohol questions
        ("LBAGK3S25", ()),
    ],
)
def test_a_column_is_read_only_in_the_editions_where_its_meaning_is_known(heading: str, years: tuple[str, ...]):
    read = {year for year, book in EDITIONS.items() for question in book.questions if heading in question.headings}
    assert read == set(years)


@pytest.mark.parametrize("year", ["2023", "2025"])
def test_weekly_vaping_is_not_read_by_the_name_of_its_column_alone(year: str):
    """In the draft of 2023 that column says "ever"; daily vaping stands under this name only in the final file."""
    for subject in ("vape_ooit", "vape_wekelijks"):
        item, derived = EDITIONS[year].indicator(subject).rules
        assert not set(rule_questions(item)) & {"LBGEK3S3", "LBGEK3S4"}
        assert "LBGEK3S2" in rule_questions(derived)
    sure = ({"LBRAK3S21"}, {"LBRAA312", "LBGEA302"})
    for rule in EDITIONS[year].indicator("roken_vapen_wekelijks").rules:
        assert set(rule_questions(rule)) in sure or "LBGEK3S2" in rule_questions(rule)


def test_what_kept_its_name_but_changed_is_first_read_from_a_column_with_another_name():
    new = EDITIONS["2025"]
    first = {
        subject: rule_questions(new.indicator(subject).rules[0])
        for subject in ("socialmedia_slaap", "loopt_fietst_5dagen")
    }
    assert first == {"socialmedia_slaap": ("SBSGA314",), "loopt_fietst_5dagen": ("LBLBK335",)}


@pytest.mark.parametrize(
    ("codes", "low"),
    [
        ((3, 3, 3, 4, 4), False),  # 3 + 3 + 3 + 2 + 2 = 13
        ((3, 3, 4, 4, 4), True),  # 12
        ((1, 1, 1, 1, 1), False),  # all the time: 25
        ((6, 6, 6, 6, 6), True),  # never: 0
        ((3, 3, 4, 4, None), True),  # 10 of 4 items: 12.5, "unknown" in the national column
        ((3, 3, 3, None, None), False),  # 9 of 3 items: 15
        ((3, 3, None, None, None), None),  # three are missing
    ],
)
def test_who5_counts_as_its_label_says(codes: tuple[int | None, ...], low: bool | None):
    assert scored("laag_emotioneel_welbevinden_who5", 0, codes) == low


@pytest.mark.parametrize(
    ("codes", "resilient"),
    [
        ((3, 3, 3, 3, 3), False),  # a mean of exactly 3 is not enough
        ((3, 3, 3, 3, 2), True),
        ((1, 1, 1, None, None), True),
        ((1, 1, None, None, None), None),
        ((4, 4, 4, 4, 1), False),
    ],
)
def test_resilience_of_2025_counts_as_the_national_rule(codes: tuple[int | None, ...], resilient: bool | None):
    assert scored("weerbaar_voldoende", 1, codes) == resilient


def scored(subject: str, place: int, codes: tuple[int | None, ...]) -> bool | None:
    """Score one pupil of 2025 by one rule, with the slow count."""
    book = EDITIONS["2025"]
    rule = book.indicator(subject).rules[place]
    answers = dict(zip(rule_questions(rule), codes, strict=True))
    outcome = score(rule, answers, {question.id: question for question in book.questions})
    return None if outcome is None else bool(outcome)


@pytest.mark.parametrize("year", sorted(EDITIONS))
def test_a_column_that_rules_an_edition_out_is_one_of_another_edition(year: str):
    others = {
        heading
        for other, book in EDITIONS.items()
        if other != year
        for question in book.questions
        for heading in question.headings
    } | {heading for field in GMJ.fields for heading in field.headings}
    assert set(EDITIONS[year].foreign_headings) <= others


@pytest.mark.parametrize("year", sorted(EDITIONS))
def test_pupils_who_were_not_asked_count_as_no_in_every_edition(year: str):
    for question in EDITIONS[year].questions:
        assert (8 in {answer.code for answer in question.answers}) == (question.not_applicable == (8,))
    rules = [rule for item in EDITIONS[year].indicators for rule in item.rules if not isinstance(rule, ScaleRule)]
    assert {rule.not_applicable for rule in rules} == {"nee"}


@pytest.mark.parametrize("year", ["2019", "2021", "2025"])
def test_an_edition_says_what_is_uncertain_about_it(year: str):
    book = EDITIONS[year]
    assert "openbare" in book.notice
    assert re.search("syntax", book.owned.source)


# --------------------------------------------------------------------------- the trial file


def test_the_trial_codebook_says_what_the_file_of_others_says(realdata):
    """Columns, answers that count and labels, against the value labels inside the SPSS file."""
    _, inside = pyreadstat.read_sav(str(realdata / "ggd_gmj_fake_20000.sav"), metadataonly=True)
    labels = {
        name: {int(code): label for code, label in values.items()}
        for name, values in inside.variable_value_labels.items()
    }
    codebook = CODEBOOKS["gmj-proefbestand"]
    assert {indicator.id for indicator in codebook.indicators} == set(PROEF)
    for question in codebook.questions:
        assert {answer.code: answer.label for answer in question.answers} == labels[question.id]
    for subject, (column, counting) in PROEF.items():
        (rule,) = codebook.indicator(subject).rules
        assert isinstance(rule, ShareRule)
        assert (rule.question, {labels[column][code] for code in rule.cases}) == (column, counting)
    for column in ("MBOKK3S32", "MBOKK3S31", "KLAS", "GENDER"):
        shown = {written: label for written, (_, label) in values_of(codebook, column).items() if written.isdigit()}
        assert shown == {str(code): label for code, label in labels[column].items()}


def test_the_trial_file_has_no_school_and_a_weight_per_year():
    fields = {field.role: field.headings for field in CODEBOOKS["gmj-proefbestand"].fields}
    assert Role.SCHOOL not in fields
    assert fields[Role.WEIGHT] == ("weegfactor{jaar}",)


# --------------------------------------------------------------------------- published figures


def test_published_figures_load_with_their_notes():
    assert len(load_national(DATA / "benchmarks")) > 250
    assert load_national_notes(DATA / "benchmarks").owned.owner


@pytest.mark.parametrize(
    ("subject", "year", "breakdown", "percentage"),
    [
        ("ervaren_gezondheid_goed", 2023, "totaal", 80),
        ("ervaren_gezondheid_goed", 2015, "schoolniveau=vmbo-bk", 83.8),
        ("psychische_klachten_mhi5", 2023, "totaal", 30),
        ("stress_een_of_meer", 2023, "totaal", 50),
        ("binge_4wk", 2023, "totaal", 18.2),
        ("gelukkig", 2021, "geslacht=meisje", 73),
    ],
)
def test_headlines_of_the_national_monitor_are_as_published(subject, year, breakdown, percentage):
    found = [
        figure.percentage
        for figure in load_national(DATA / "benchmarks")
        if (figure.indicator_id, figure.year, figure.breakdown) == (subject, year, breakdown)
        and figure.population == "Nederland, GMJ klas 2+4"
    ]
    assert found == [percentage]


def test_figures_whose_wording_was_not_kept_stay_out():
    """The maps of vzinfo on smoking were read without keeping their words."""
    assert not any("vzinfo.nl/roken/regionaal" in figure.source for figure in load_national(DATA / "benchmarks"))

"""The one list of pages."""

from pathlib import Path

from wellbeing.ui import navigation

ROOT = Path(__file__).parents[2]


def test_every_page_is_on_the_list_and_the_other_way_round():
    assert {entry.file for entry in navigation.ENTRIES} == {
        f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")
    }


def test_titles_stand_in_the_order_of_the_work():
    titles = {section: [entry.title for entry in entries] for section, entries in navigation.SECTIONS.items()}
    assert titles == {
        "": ["Start"],
        "Gegevens": ["Mijn scholen", "Gegevens toevoegen", "Vergelijkingscijfers", "Eigen vragenlijst"],
        "Cijfers": ["Schoolprofiel", "Vergelijken", "Uitsplitsingen", "Scholen in de regio"],
        "Gesprek": ["Wat kan de school doen?", "Adviesgesprek", "Rapporten"],
        "School": [
            "Stappenplan",
            "Checklist welbevinden",
            "Probleemverkenning",
            "Leerlingen vragen",
            "Gelijke kansen",
            "Jaarplan",
            "Ondersteuningsroute",
            "Inspiratiekaart",
        ],
        "Uitleg": ["Verantwoording", "Inhoud bijhouden"],
    }


def test_addresses_are_unique_and_can_be_typed():
    addresses = [entry.address for entry in navigation.ENTRIES]
    assert len(set(addresses)) == len(addresses)
    assert all(address.replace("-", "").isalpha() and address.islower() for address in addresses)

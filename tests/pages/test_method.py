"""Verantwoording: the limits on the page are the limits in policy.toml."""

PAGE = "pages/method.py"


def test_the_limits_come_from_the_policy(visitor, reference):
    page = visitor().go(PAGE)
    assert page.went_well
    policy = reference.policy
    assert f"**{policy.limits.pupils} leerlingen**" in page.words
    assert f"minstens {policy.verdict.points} procentpunt" in page.words
    assert f"**{round(policy.response.warn_below * 100)}%**" in page.words


def test_every_questionnaire_has_an_owner_and_a_review_date(visitor, reference):
    words = visitor().go(PAGE).words
    for codebook in reference.codebooks:
        assert codebook.title in words
        assert codebook.owned.owner in words

"""The profiles of what people allow: enumerated, named, and each of them different."""

from hypothesis import given
from little_packs import DAY_0, UNKNOWN_TOPIC, activity, catalogs, patient

from intimacy_kit.authoring.simulation.profiles import Profile, profiles
from intimacy_kit.content.vocabulary import TOPICS
from intimacy_kit.loading.catalog import Catalog


def names(*topics_by_depth: tuple[int, tuple[str, ...]]) -> list[str]:
    there = [activity(f"cup-{n}", depth=depth, topics=topics) for n, (depth, topics) in enumerate(topics_by_depth)]
    return [profile.name for profile in profiles(there)]


def test_without_topics_there_is_one_profile_for_each_depth_that_occurs() -> None:
    assert names((1, ()), (3, ())) == ["up to light", "up to tender"]


def test_a_sensitive_topic_may_be_allowed_or_refused() -> None:
    assert names((1, ()), (2, ("money",))) == ["up to light", "up to personal"]
    assert names((2, ()), (2, ("money",))) == ["up to personal", "up to personal, no sensitive topic"]


def test_of_several_topics_each_is_refused_alone_and_each_sensitive_one_allowed_alone() -> None:
    assert names((1, ("food",)), (1, ()), (2, ("money",)), (2, ("loss",)), (2, ("faith",))) == [
        "up to light",
        "up to light, without food",
        "up to personal",
        "up to personal, without money",
        "up to personal, without faith",
        "up to personal, without loss",
        "up to personal, of the sensitive topics only money",
        "up to personal, of the sensitive topics only faith",
        "up to personal, of the sensitive topics only loss",
        "up to personal, without food",
    ]


def test_what_nobody_may_see_makes_no_profile() -> None:
    assert not profiles([activity("cup", depth=2, topics=[UNKNOWN_TOPIC]), activity("old", retired=True)])


def test_broad_profiles_differ_in_depth_and_in_sensitive_topics_all_together_only() -> None:
    there = [activity("cup", topics=["food"]), activity("pot"), activity("sum", depth=2, topics=["money"])]
    broad = {profile.name: profile.broad for profile in profiles(there)}
    assert broad == {
        "up to light": True,
        "up to light, without food": False,
        "up to personal": True,
        "up to personal, without food": False,
    }


@patient
@given(catalogs())
def test_a_profile_permits_what_its_boundaries_allow(there: Catalog) -> None:
    everybody = [*profiles(there.values()), Profile("nothing", 4, frozenset(TOPICS))]
    for profile in everybody:
        for one in there.values():
            allowed = profile.boundaries.allow(one, DAY_0) and not one.retired
            assert profile.permits(one) == allowed
    permitted = [frozenset(name for name, one in there.items() if who.permits(one)) for who in everybody[:-1]]
    assert len(set(permitted)) == len(permitted)
    assert frozenset() not in permitted

//! The files of `law/`, compiled in. A test finds every file that is missing from this list.

/// Name under the repository, and text.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("law/parties.toml", include_str!("../../../law/parties.toml")),
    ("law/events.toml", include_str!("../../../law/events.toml")),
    ("law/remedies.toml", include_str!("../../../law/remedies.toml")),
    ("law/readings.toml", include_str!("../../../law/readings.toml")),
    ("law/exceptions.toml", include_str!("../../../law/exceptions.toml")),
    ("law/notices.toml", include_str!("../../../law/notices.toml")),
    ("law/rounds.toml", include_str!("../../../law/rounds.toml")),
    ("law/words.toml", include_str!("../../../law/words.toml")),
    ("law/later.toml", include_str!("../../../law/later.toml")),
    (
        "law/calendars/england-and-wales.toml",
        include_str!("../../../law/calendars/england-and-wales.toml"),
    ),
    ("law/examples/found.toml", include_str!("../../../law/examples/found.toml")),
    ("law/duties/request.toml", include_str!("../../../law/duties/request.toml")),
    ("law/duties/assessment.toml", include_str!("../../../law/duties/assessment.toml")),
    ("law/duties/plan.toml", include_str!("../../../law/duties/plan.toml")),
    ("law/duties/review.toml", include_str!("../../../law/duties/review.toml")),
    ("law/duties/appeal.toml", include_str!("../../../law/duties/appeal.toml")),
];

//! The sample: five articles that open with title, date and outlet where their text tells them.

use dateline::ingest;

#[test]
fn the_sample_opens_with_titles_dates_and_outlets() {
    let expected = [
        (
            "putin-sisi-security-cooperation.txt",
            "Putin and Sisi pledge joint work by their intelligence agencies",
            None,
            None,
            None,
        ),
        (
            "russia-egypt-extremism-accord.txt",
            "Russia and Egypt drafting pact against extremism, envoy says",
            Some("2021-12-26"),
            None,
            Some("CAIRO - 26 December 2021"),
        ),
        (
            "sisi-putin-cairo-talks.txt",
            "Sisi and Putin, Meeting in Cairo, Vow Common Front Against Terrorism",
            Some("2015-02-10"),
            Some("The Moscow Times"),
            Some("CAIRO"),
        ),
        (
            "sisi-receives-russian-ministers.txt",
            "Sisi of Egypt Receives Defense and Foreign Ministers of Russia",
            Some("2017-05-29"),
            Some("Asharq Al-Awsat"),
            None,
        ),
        (
            "syrian-security-chief-cairo.txt",
            "Head of Syrian security in openly announced trip to Cairo - SANA",
            None,
            Some("Reuters"),
            Some("CAIRO (Reuters)"),
        ),
    ];
    let sample = ingest::sample();
    let actual: Vec<_> = sample
        .iter()
        .map(|article| {
            let date = article.date.map(|date| date.to_string());
            let dateline = article.dateline.as_ref().map(|line| line.span.of(&article.text));
            (
                article.id.as_str(),
                article.title.as_deref().unwrap_or(""),
                date,
                article.source.as_deref(),
                dateline,
            )
        })
        .collect();
    let actual: Vec<_> = actual
        .iter()
        .map(|(id, title, date, source, dateline)| (*id, *title, date.as_deref(), *source, *dateline))
        .collect();
    assert_eq!(actual, expected);
}

/// Furniture of the sample is marked and nothing of its stories is: whoever changes a page's
/// analysis sees here what a user would see dimmed.
#[test]
fn the_sample_is_dimmed_where_it_is_furniture() {
    let expected: [&[&str]; 5] = [
        &["Menu", "World", "Share this story", "Facebook", "Twitter", "Print"],
        &[
            "Sunday, 26 December 2021, 6:05 GMT",
            "Sunday, 26 December 2021, 6:05 GMT",
            "Russia's envoy in Cairo",
            "Post a comment",
            "Follow us",
        ],
        &[
            "Stand with The Moscow Times!",
            "Honest news from Russia depends on readers like you.",
            "Give Now",
            "Read more",
            "Journalists in Russia are being silenced.",
            "Since the war in Ukraine began, no fewer than ten independent newsrooms have had to close or have been barred for what they wrote about it.",
            "With your help The Moscow Times can go on telling how the invasion changes Russian life.",
        ],
        &[
            "Arab World News and Views | Asharq Al-awsat",
            " | ASHARQ AL-AWSAT English, Archived Edition",
            "Skip to content",
            "Photo ID: 55375266",
            "Caption:",
        ],
        &[
            "International",
            "Reported by Mostafa Hashem and Ahmed Mohamed Hassan; written by Ahmed Aboulenein; edited by Tom Heneghan",
        ],
    ];
    for (article, expected) in ingest::sample().iter().zip(expected) {
        let marked: Vec<_> = article.boilerplate.iter().map(|span| span.of(&article.text)).collect();
        assert_eq!(marked, expected, "{}", article.id);
        assert_eq!(article.language.as_deref(), Some("en"));
    }
}

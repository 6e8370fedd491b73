//! Exports of four forms, written after their patterns.

use proptest::prelude::*;

use super::*;

const STORY: &str =
    "OSLO -- The river rose in the night and took the bridge between the two villages with it.";

/// What a reader sees of each: id, headline, day, outlet, language, and the words that are no furniture.
fn shown(name: &str, text: &str) -> Vec<String> {
    texts(name, text.to_owned()).iter().map(show).collect()
}

fn show(article: &Article) -> String {
    let mut words = String::new();
    let mut from = 0;
    for span in &article.boilerplate {
        assert!(span.start >= from && span.end <= article.text.len(), "{:?}", article.boilerplate);
        words.push_str(Span::new(from, span.start).of(&article.text));
        from = span.end;
    }
    words.push_str(Span::new(from, article.text.len()).of(&article.text));
    let title = article.title_span.map(|span| one_line(span.of(&article.text)));
    assert_eq!(title, article.title);
    let date = article.date.map(|date| date.to_string()).unwrap_or_default();
    let [source, language] =
        [&article.source, &article.language].map(|field| field.clone().unwrap_or_default());
    format!("{}|{date}|{source}|{language}|{}", article.id, one_line(&words))
}

/// Two articles of LexisNexis as it was.
fn old_lexis() -> String {
    let article = |number: u32, title: &str, place: &str| {
        format!(
            "                              {number} of 2 DOCUMENTS\n\n\n\
             \x20                            The Fjord Teller\n\n\
             \x20                          October 17, 2016 Monday\n\
             \x20                            Late Edition - Final\n\n\
             {title}\n\n\
             BYLINE: By JANE DOE and\nJOHN ROE\n\nSECTION: Section A; Column 0; Foreign Desk; Pg. 4\n\n\
             LENGTH: 512 words\n\nDATELINE: {place}\n\n\
             {STORY}\n\n   Nobody was hurt in Bergen.\n\n\
             URL: http://example.org/{number}\n\nLOAD-DATE: October 18, 2016\n\nLANGUAGE: ENGLISH\n\n\
             GRAPHIC: PHOTO: A bridge in Rome\n\nPUBLICATION-TYPE: Newspaper\n\n\
             \x20                 Copyright 2016 Fjord Media\n                       All Rights Reserved\n\n\n"
        )
    };
    article(1, "Flood Waters Rise\nin the North", "VOSS") + &article(2, "A Bridge Is Gone", "FLAM")
}

#[test]
fn lexisnexis_as_it_was() {
    let expected = |number: u32, title: &str, place: &str| {
        format!(
            "news.txt#document={number}|2016-10-17|The Fjord Teller|en|{title} {place} {STORY} Nobody was hurt in Bergen."
        )
    };
    assert_eq!(
        shown("news.txt", &old_lexis()),
        [expected(1, "Flood Waters Rise in the North", "VOSS"), expected(2, "A Bridge Is Gone", "FLAM")]
    );
    let articles = texts("news.txt", old_lexis());
    assert_eq!(articles[0].url.as_deref(), Some("http://example.org/1"));
    assert_eq!(articles[0].dateline.as_ref().map(|line| line.place.of(&articles[0].text)), Some("OSLO"));
}

#[test]
fn lexisnexis_before_that() {
    let text = format!(
        "2 of 3 DOCUMENTS\n\nCopyright 2001 Fjord Media\nAll Rights Reserved\n\nThe Fjord (Oslo)\n\nMarch 3, 2001\n\n\
         SECTION: Pg. 3\n\nLENGTH: 70 words\n\nHEADLINE: Flood waters rise\n\nBODY:\n{STORY}\n\nLOAD-DATE: March 4, 2001\n"
    );
    let expected = format!("news.txt|2001-03-03|The Fjord (Oslo)|en|Flood waters rise {STORY}");
    assert_eq!(shown("news.txt", &text), [expected]);
}

#[test]
fn nexis_uni() {
    let article = |title: &str| {
        format!(
            "{title}\n\nThe Fjord (Oslo)\n\nOctober 17, 2016 Monday 8:00 AM GMT\n\n\
             Copyright 2016 Fjord Media Limited All Rights Reserved\n\n\
             Section: WORLD NEWS; Version:1\n\nLength: 512 words\n\nByline: Jane Doe in Rome\n\n\
             Highlight: A wet night in Voss\n\nBody\n\n{STORY}\n\nCountry: it is the best there is, they say.\n\n\
             Graphic\n\nA bridge in Rome\n\nLoad-Date: October 18, 2016\n\nEnd of Document\n\n"
        )
    };
    let cover = "User Name: Jane Doe\n\nDate and Time: Tuesday, October 18, 2016 8:44:00 PM EST\n\nJob Number: 12345\n\n\
                 Documents (2)\n\n1. Flood waters rise\n\n2. A bridge is gone\n\nClient/Matter: -None-\n\n\
                 Search Terms: flood\n\n";
    let expected = |number: u32, title: &str| {
        format!(
            "n.docx#document={number}|2016-10-17|The Fjord (Oslo)|en|{title} A wet night in Voss {STORY} \
             Country: it is the best there is, they say."
        )
    };
    let text = format!("{cover}{}{}", article("Flood waters rise"), article("A bridge is gone"));
    assert_eq!(shown("n.docx", &text), [expected(1, "Flood waters rise"), expected(2, "A bridge is gone")]);
}

#[test]
fn factiva_in_order_and_with_tags() {
    let in_order = format!(
        "World News\nFlood waters rise in the north\nJane Doe in Rome\n512 words\n17 October 2016\n08:00\nThe Fjord\n\
         FJRD\n4\nEnglish\nCopyright 2016. Fjord Media Limited. All rights reserved.\n\n{STORY}\n\n\
         Nobody was hurt in Bergen.\n\nDocument FJRD000020161017ecah0004b\n\n"
    );
    let tagged = format!(
        "HD Flood waters rise\nBY Jane Doe\nWC 512 words\nPD 18 October 2016\nET 08:00\nSN The Fjord\nSC FJRD\nLA English\n\
         CY Copyright 2016 Fjord Media\nLP\n{STORY}\nTD\nNobody was hurt in Bergen.\nCO fjord : Fjord Media\n\
         AN Document FJRD000020161018ecah0004c\n\n"
    );
    let summary = "Search Summary\n\nText\tflood\nDate\tAll dates\nResults Found\t2\n";
    assert_eq!(
        shown("f.rtf", &format!("{in_order}{tagged}{summary}")),
        [
            format!(
                "f.rtf#document=1|2016-10-17|The Fjord|en|Flood waters rise in the north {STORY} Nobody was hurt in Bergen."
            ),
            format!(
                "f.rtf#document=2|2016-10-18|The Fjord|en|Flood waters rise {STORY} TD Nobody was hurt in Bergen."
            ),
        ]
    );
}

#[test]
fn proquest() {
    let rule = "_".repeat(60);
    let article = |number: u32| {
        format!(
            "{rule}\n\nDocument {number} of 2\n\nFlood waters rise\n\nAuthor: Doe, Jane\n\n\
             Publication info: The Fjord ; Oslo (Norway) [Oslo]17 Oct 2016: 4.\n\nAbstract: A bridge is gone in Rome.\n\n\
             Links: check\n\nFull text: {STORY}\n\nNobody was hurt in Bergen.\n\nSubject: Floods\n\nLocation: Norway\n\n\
             Title: Flood waters rise\n\nPublication title: The Fjord; Oslo (Norway)\n\nPublication date: Oct 17, 2016\n\n\
             Language of publication: English\n\nProQuest document ID: 182963400{number}\n\n\
             Document URL: https://example.org/{number}\n\nLast updated: 2017-11-21\n\n"
        )
    };
    let text = format!("{}{}{rule}\nContact us\n", article(1), article(2));
    let expected = |number: u32| {
        format!(
            "p.txt#document={number}|2016-10-17|The Fjord|en|Flood waters rise {STORY} Nobody was hurt in Bergen."
        )
    };
    assert_eq!(shown("p.txt", &text), [expected(1), expected(2)]);
}

#[test]
fn other_texts_stay_as_they_are() {
    let report = format!("Minutes of the meeting\n\n{STORY}\n\nEnd of document\n");
    let numbered = format!("Document 1 of 3\n\n{STORY}\n\nDocument 2 of 3\n\n{STORY}\n");
    for text in [report, numbered] {
        let articles = texts("a.txt", text.clone());
        assert_eq!(articles.len(), 1);
        assert_eq!((articles[0].id.as_str(), &articles[0].text), ("a.txt", &text));
    }
}

/// An article of Nexis Uni without the line that ends it.
fn uni(title: &str, story: &str) -> String {
    format!(
        "{title}\n\nThe Fjord (Oslo)\n\nOctober 17, 2016 Monday\n\nCopyright 2016 Fjord Media\n\n\
         Section: NEWS; Pg. 4\n\nBody\n\n{story}\n\nLoad-Date: October 18, 2016\n\n"
    )
}

/// An article of Factiva without the line that ends it.
fn factiva_article(title: &str, story: &str) -> String {
    format!(
        "{title}\nBy Jane Doe\n120 words\n17 October 2016\n08:00\nThe Fjord\nFJRD\nEnglish\n(c) 2016 Fjord Media\n\n\
         {story}\n\n"
    )
}

const FACTIVA_END: &str = "Document FJRD000020161017ecah0004b\n\n";

#[test]
fn words_outside_of_the_marks_are_articles() {
    let letter = "Dear all, here are the reports on the flood in Bergen.\n\n";
    let check = |text: &str, expected: &[&str]| {
        let read = shown("a.txt", text);
        assert_eq!(read.len(), expected.len(), "{read:#?}");
        for (read, words) in read.iter().zip(expected) {
            assert!(read.contains(words), "{words:?} in {read:?}");
        }
    };
    let factiva = |place: &str| {
        factiva_article(&format!("Flood hits {place} hard"), &format!("Nobody was hurt in {place}."))
    };
    check(
        &(factiva("Voss") + FACTIVA_END + &factiva("Flam")),
        &[
            "#document=1|2016-10-17|The Fjord|en|Flood hits Voss hard Nobody was hurt in Voss.",
            "#document=2|2016-10-17|The Fjord|en|Flood hits Flam hard Nobody was hurt in Flam.",
        ],
    );
    let ended = uni("Flood hits Voss", STORY) + "End of Document\n\n";
    check(
        &(ended.clone() + &uni("Flood hits Flam", "Nobody was hurt in Flam.")),
        &["Flood hits Voss", "#document=2|2016-10-17|The Fjord (Oslo)||Flood hits Flam Nobody was hurt"],
    );
    check(&(ended.clone() + letter), &["Flood hits Voss", letter.trim()]);
    check(&format!("{letter}{}", old_lexis()), &[letter.trim(), "Flood Waters Rise", "A Bridge"]);
    check(&format!("{letter}Yours\n\nJane\n\nHere\n\n{ended}"), &[letter.trim(), "Flood hits Voss"]);
    check(&format!("{ended}{letter}{}", old_lexis()), &["Flood", letter.trim(), "Flood Waters", "A Bridge"]);
    let numbered = old_lexis();
    let marked = numbered.replacen("The Fjord Teller", &format!("{}\n\nThe Fjord Teller", letter.trim()), 1);
    check(&marked, &[letter.trim(), "Flood Waters Rise", "A Bridge"]);
    // Neither lists nor searches are.
    let search = "Search Summary\n\nText\tflood\nDate\tAll dates\n\n1. The river takes a bridge between the two villages\n";
    check(&(search.to_owned() + &old_lexis()), &["Flood Waters Rise", "A Bridge"]);
}

#[test]
fn labels_within_a_story_are_read() {
    let end = "LOAD-DATE: October 18, 2016\n\nLANGUAGE: ENGLISH\n\nSUBJECT: FLOODS (90%); RIVERS (80%);\nRAIN (70%)\n\n\
               COMPANY: FJORD MEDIA INC.\n\nDISTRIBUTION: All Editions\n\nGRAPHIC: PHOTO: A bridge in Rome, before it fell.\n\n\
               CITY: ROME\n\nCopyright 2016 Fjord Media\nAll Rights Reserved\n\n";
    let old = |story: &str| {
        format!(
            "1 of 1 DOCUMENTS\n\nThe Fjord\n\nOctober 17, 2016\n\nFlood\n\nLENGTH: 20 words\n\n{story}\n\n{end}"
        )
    };
    let check = |text: &str, story: &str| {
        let read = shown("a.txt", text);
        assert_eq!(read, [format!("a.txt|2016-10-17|The Fjord|en|Flood {}", one_line(story))], "{text}");
    };
    for story in [
        "UPDATE: Adds the number of dead in Voss, Norway.\n\nTwelve people were killed.",
        "The river rose.\n\nNOTES: the storm moved on to Flam on Monday.\n\nBergen was hit on Tuesday.",
        "The river rose.\n\nNOTES: the storm moved on to Flam on Monday.",
        "The river rose.\n\nCITY: Bergen\n\nSTATE: Vestland\n\nTYPE: flood\n\nThe roads were cut.",
        "The river rose.\n\nCORRECTION: Flam\nCOUNTRY: Norway\nThe roads to Voss were cut.",
        "The river rose.\n\nThe law of 1968 was debated\n\nThe roads were cut",
        "The river rose.\n\nClassification\n\nThe storm was of the second class.",
    ] {
        check(&old(story), story);
    }
    let tags = |story: &str, after: &str| {
        format!(
            "HD  Flood\nWC  120 words\nPD  17 October 2016\nSN  The Fjord\nLA  English\nLP  {story}\n{after}AN  {FACTIVA_END}"
        )
    };
    for story in [
        "The river rose.\n\nIN OTHER NEWS\nThe roads to Voss were cut.",
        "The river rose.\n\nIN BRIEF\n\nThe roads to Voss were cut.",
        "The river rose.\n\nIN brief, more rain is to come.\n\nCT scans show it.\n\nIN BRIEF",
        "The river rose.\n\nCO police and the army\n\nRE Flam: a letter",
    ] {
        check(&tags(story, ""), story);
        check(
            &tags(
                story,
                "CO  fjrd : Fjord Media\nIN  i764 : Rivers\nNS\n\ngflood : Floods |\nIN ROME\nPUB  Fjord\n",
            ),
            story,
        );
    }
    check(
        &(factiva_article("Flood", "The river rose.\n\nThe law was debated.\n\n(c) 2016 Voss") + FACTIVA_END),
        "The river rose.\n\nThe law was debated.",
    );
    for story in [
        "The river rose.\n\nLocation: Bergen and the villages around it.\n\nThe roads were cut.",
        "The river rose.\n\nTitle: The Flood\n\nPublication title: The Wave\n\nThe roads were cut.",
    ] {
        let text = format!(
            "Document 1 of 1\n\nFlood\n\nAuthor: Doe, Jane\n\nFull text: {story}\n\nSubject: Floods\n\nLocation: Rome\n\n\
             Title: Flood\n\nPublication title: The Fjord; Oslo\n\nPublication date: Oct 17, 2016\n\n\
             Copyright: Copyright Fjord Media. It was handed out by Voss.\n\nLanguage of publication: English\n\n{}\n\n\
             Contact us at Rome\n",
            "_".repeat(60)
        );
        check(&text, story);
    }
}

#[test]
fn reports_are_no_exports() {
    let report = format!(
        "Report 3\nThe Fjord Relief\n\n17 October 2016\n\nSection: Overview\n\nCopyright 2016 The Fjord Relief\n\n{STORY}\n\n\
         COUNTRY: Norway\nCITY: Bergen\n\nThe roads to Voss were cut.\n\nEnd of document\n"
    );
    let articles = texts("a.txt", report.clone());
    assert_eq!((articles.len(), &articles[0].text), (1, &report));
}

#[test]
fn copyrights() {
    let check = |text: &str, expected: bool| {
        let found: Vec<bool> = line::split(text).iter().map(Line::is_copyright).collect();
        assert_eq!(found, [expected], "{text}");
    };
    for text in [
        "Copyright 2016 Fjord Media Limited All Rights Reserved",
        "(c) Copyright 2016 Fjord Media.",
        "© Fjord Media, 2016. All rights reserved.",
        "Copyright (c) 2016, by Fjord Media",
        "All Rights Reserved",
    ] {
        check(text, true);
    }
    for text in [
        "Copyright law of 1968 was debated in Bergen",
        "Copyright Law 1968 is debated",
        "By 2016 the river had risen",
        "All rights reserved for the few, he said",
        "The copyright of 2016",
    ] {
        check(text, false);
    }
}

#[test]
fn thousands_of_kept_lines() {
    let text = format!(
        "The Fjord\n\nOctober 17, 2016\n\nFlood\n\nLENGTH: 20 words\n\n{}\nEnd of Document\n",
        "HIGHLIGHT: x\n".repeat(20_000)
    );
    let read = shown("a.txt", &text);
    assert_eq!(read, [format!("a.txt|2016-10-17|The Fjord||Flood{}", " x".repeat(20_000))]);
}

proptest! {
    #[test]
    fn no_word_outside_of_the_marks_is_lost(order in prop::collection::vec(0usize..6, 0..8)) {
        let parts = [
            "The river rose in the night.\n\n".to_owned(),
            "3 of 5 DOCUMENTS\n\n".to_owned(),
            "End of Document\n\n".to_owned(),
            FACTIVA_END.to_owned(),
            uni("Flood", "The roads to Voss were cut."),
            factiva_article("Flood", "The roads to Flam were cut."),
        ];
        let text: String = order.iter().map(|part| parts[*part].as_str()).collect();
        let words = |text: &str| ["The river rose in", "roads to Voss", "roads to Flam"].map(|words| text.matches(words).count());
        let read: String = texts("a.txt", text.clone()).iter().map(|article| article.text.as_str()).collect();
        prop_assert_eq!(words(&read), words(&text));
    }

    #[test]
    fn damaged_exports_are_articles(cut in 0usize..2000, at in 0usize..1500, words in "(\n|[A-Za-z]{1,9}:? ?|\u{c}|é){0,30}") {
        let mut text = old_lexis();
        text.truncate(text.len().saturating_sub(cut));
        let at = at.min(text.len());
        if text.is_char_boundary(at) {
            text.insert_str(at, &words);
        }
        for article in texts("a.txt", text) {
            show(&article);
        }
    }
}

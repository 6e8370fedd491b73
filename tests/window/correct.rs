//! Correcting by keys and clicks: what is about to be said, how far it goes, and what every pane shows of it then.

use dateline::explore::{MentionRef, Selection};
use dateline::model::{Event, EventType, Geoparsed, How, PartialDate, Polarity, Span, When};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, doubting_derna, keeping, settle, sized, story};

/// Two articles in which Derna may be a place in Italy, too.
fn dernas() -> Vec<Geoparsed> {
    let articles = vec![
        story(
            "one",
            None,
            "Dams give way",
            "Rain in [Derna|Derna] and in [Derna|Derna], far from [Lima|Lima].",
        ),
        story("two", None, "After the flood", "Nobody came to [Derna|Derna] for a day."),
    ];
    doubting_derna(articles, 0.6)
}

/// A window on articles, with a folder for what is corrected.
struct Desk {
    window: Window,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new(articles: Vec<Geoparsed>) -> Desk {
        Desk::sized(1280.0, 800.0, articles)
    }

    fn sized(width: f32, height: f32, articles: Vec<Geoparsed>) -> Desk {
        let (window, folder) = keeping(sized(width, height, articles));
        Desk { window, _folder: folder }
    }

    fn press(&mut self, key: Key) {
        self.window.key_press(key);
        settle(&mut self.window);
    }

    /// Opens the article with this title.
    fn open(&mut self, title: &str) {
        for _ in 0..self.window.state().explorer().collection.len() {
            self.press(Key::J);
            if self.window.query_by_role_and_label(Role::Heading, title).is_some() {
                return;
            }
        }
        panic!("no article is called {title}");
    }

    /// Types into a field in place of what stands there.
    fn type_into(&mut self, name: &str, text: &str) {
        self.window.get_by_role_and_label(Role::TextInput, name).focus();
        self.window.step();
        self.window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        self.window.step();
        self.window.get_by_role_and_label(Role::TextInput, name).type_text(text);
        settle(&mut self.window);
    }

    /// Chooses a word of a paragraph by a double click.
    fn choose_word(&mut self, paragraph: &str, word: &str) {
        let rect = self.window.get_by_label(paragraph).rect();
        // How wide letters are says how far along its line the mention of Derna stands.
        let derna = self.window.get_by_label_contains("Derna, Libya: mention").rect();
        let letters = |until: &str| paragraph.split(until).next().unwrap().chars().count() as f32;
        let wide = (derna.left() - rect.left()) / letters("Derna");
        let at = egui::pos2(rect.left() + (letters(word) + 1.5) * wide, rect.center().y);
        // Clicks that follow one another closely are of one kind.
        self.window.run_steps(40);
        for _ in 0..2 {
            for pressed in [true, false] {
                let button = egui::PointerButton::Primary;
                let modifiers = egui::Modifiers::NONE;
                self.window.event(egui::Event::PointerMoved(at));
                self.window.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
                self.window.step();
            }
        }
        settle(&mut self.window);
    }

    fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        settle(&mut self.window);
    }

    /// Until what was asked for is on the disk and shown.
    fn wait(&mut self) {
        for _ in 0..2000 {
            self.window.step();
            if !self.window.state().is_busy() {
                settle(&mut self.window);
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("it is still busy");
    }

    /// Until a mention, counted through all articles, has a place whose label begins so.
    fn wait_for(&mut self, mention: usize, label: &str) {
        for _ in 0..1000 {
            self.wait();
            if self.places()[mention].starts_with(label) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("{:?}", self.places());
    }

    /// The places of all mentions, with who settled them.
    fn places(&self) -> Vec<String> {
        let collection = &self.window.state().explorer().collection;
        let mut places = Vec::new();
        for article in 0..collection.len() {
            for glance in collection.glances(article) {
                let place = glance.place.and_then(|key| collection.place(key));
                let label = place.map_or("-".to_owned(), |entry| entry.place.label());
                places.push(match glance.how {
                    How::Auto => label,
                    how => format!("{label} ({})", how.as_str()),
                });
            }
        }
        places
    }

    fn has(&self, label: &str) -> bool {
        self.window.query_all_by_label_contains(label).next().is_some()
    }
}

#[test]
fn two_keys_after_a_mark_put_it_right_everywhere() {
    let mut desk = Desk::new(dernas());
    desk.click("Derna, Libya: 2 articles");
    assert!(matches!(desk.window.state().explorer().selected.what, Selection::Place { .. }));
    desk.press(Key::Num2);
    desk.wait();
    assert!(desk.has("About to say: “Derna” is Derna, Italy"));
    assert!(desk.has("Same choice: 3 mentions in 2 articles"), "how many is told before");
    assert!(desk.has("This article: 2 mentions in 1 article"));
    assert!(desk.has("About to be: Derna, Italy"), "the map shows where it goes");
    assert_eq!(desk.places()[0], "Derna, Libya", "nothing is said yet");
    desk.press(Key::Enter);
    desk.wait();
    let corrected = "Derna, Italy (corrected)";
    assert_eq!(desk.places(), [corrected, corrected, "Lima, Peru", corrected]);
    assert!(desk.has("Derna, Italy: 2 articles"), "in the lists and on the map");
    assert!(!desk.has("Derna, Libya: 2 articles"));
    assert!(desk.has("Derna, Italy: mention"), "and in the text");
    assert_eq!(desk.window.state().notice(), Some("Derna → Derna, Italy in 3 mentions"));
    assert!(desk.has("Corrected by"));
    desk.press(Key::U);
    desk.wait();
    assert_eq!(desk.places(), ["Derna, Libya", "Derna, Libya", "Lima, Peru", "Derna, Libya"]);
    assert!(desk.has("Derna, Libya: 2 articles"));
    desk.window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::Z);
    desk.wait();
    assert_eq!(desk.places(), [corrected, corrected, "Lima, Peru", corrected]);
}

#[test]
fn what_is_about_to_be_said_goes_as_far_as_the_arrows_say_and_is_let_go_of() {
    let mut desk = Desk::sized(1280.0, 1600.0, dernas());
    desk.open("After the flood");
    desk.press(Key::N);
    assert!(!desk.has("About to say"));
    desk.press(Key::X);
    desk.wait();
    assert!(desk.has("About to say: “Derna” is not a place"));
    desk.press(Key::Escape);
    assert!(!desk.has("About to say"));
    let selected = desk.window.state().explorer().selected.what;
    assert_eq!(selected, Selection::Mention(MentionRef { article: 1, mention: 0 }), "and nothing else");
    desk.press(Key::X);
    desk.press(Key::ArrowLeft);
    desk.press(Key::Enter);
    desk.wait();
    assert_eq!(desk.places(), ["Derna, Libya", "Derna, Libya", "Lima, Peru", "- (rejected)"]);
    assert!(desk.has("Not a place by"));
    assert!(desk.has("Derna: not a place"), "it is told in the text while it is selected");
    desk.press(Key::P);
    desk.press(Key::K);
    desk.press(Key::J);
    assert!(!desk.has("Derna: not a place"), "and not else");
    desk.click("Filters");
    desk.click("Who settled it: Rejected: not a place, 1");
    assert!(desk.has("Derna: not a place"), "but where it is asked for");
    desk.click("Derna: not a place");
    desk.click("As it was found");
    desk.wait();
    desk.press(Key::Enter);
    desk.wait();
    assert_eq!(desk.places(), ["Derna, Libya", "Derna, Libya", "Lima, Peru", "Derna, Libya"]);
    desk.press(Key::C);
    desk.press(Key::Enter);
    desk.wait();
    assert_eq!(desk.places()[3], "Derna, Libya (confirmed)");
}

#[test]
fn a_place_that_is_not_among_the_candidates_is_looked_for() {
    let mut desk = Desk::new(dernas());
    desk.open("After the flood");
    desk.press(Key::N);
    desk.press(Key::S);
    let field = desk.window.get_by_label("Search for the right place");
    assert!(field.is_focused());
    desk.window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    desk.window.get_by_label("Search for the right place").type_text("Benghazi");
    settle(&mut desk.window);
    desk.press(Key::Enter);
    desk.wait();
    assert!(desk.has("About to say: “Derna” is Benghazi"), "and it is only about to be said");
    desk.press(Key::ArrowLeft);
    desk.press(Key::Enter);
    desk.wait();
    assert!(desk.places()[3].starts_with("Benghāzī") || desk.places()[3].starts_with("Benghazi"));
    assert!(desk.places()[3].ends_with("(corrected)"));
    assert_eq!(desk.places()[0], "Derna, Libya");
}

#[test]
fn a_point_is_put_by_hand() {
    let mut desk = Desk::new(dernas());
    desk.open("After the flood");
    desk.press(Key::N);
    desk.press(Key::D);
    desk.type_into("Name of the place", "Camp Zero");
    desk.type_into("Position", "nowhere");
    desk.click("Put here");
    assert!(desk.has("These are no coordinates"));
    desk.type_into("Position", "32.5, 22.5");
    desk.type_into("Note", "as the aid workers say");
    desk.click("Put here");
    desk.wait();
    assert!(desk.has("About to say: “Derna” is Camp Zero"));
    assert!(desk.has("About to be: Camp Zero"));
    desk.press(Key::Enter);
    desk.wait();
    assert_eq!(desk.places()[3], "Camp Zero, Libya (corrected)");
    desk.press(Key::U);
    desk.wait();
    assert_eq!(desk.places()[3], "Derna, Libya");
}

#[test]
fn what_lies_on_the_map_is_shown_there() {
    let mut desk = Desk::new(dernas());
    desk.open("After the flood");
    desk.press(Key::N);
    desk.press(Key::D);
    desk.click("Show on the map…");
    assert!(desk.has("Click where it is"));
    desk.press(Key::Enter);
    assert!(desk.has("Put on the map"), "the form is there again");
    desk.click("Put here");
    desk.wait();
    assert!(desk.has("About to say: “Derna” is Derna"));
    desk.press(Key::Escape);
    assert_eq!(desk.places()[3], "Derna, Libya");
}

#[test]
fn words_are_added_and_retaken() {
    let mut desk = Desk::new(dernas());
    desk.open("After the flood");
    desk.choose_word("Nobody came to Derna for a day.", "Nobody");
    assert!(desk.has("Chosen: Nobody"));
    desk.press(Key::A);
    desk.wait();
    let selected = desk.window.state().explorer().selected.what;
    assert_eq!(selected, Selection::Mention(MentionRef { article: 1, mention: 0 }), "it is selected");
    assert!(desk.has("Added by"));
    assert_eq!(desk.places()[3..], ["- (added)".to_owned(), "Derna, Libya".to_owned()]);
    desk.choose_word("Nobody came to Derna for a day.", "came");
    assert!(desk.has("Chosen: came"));
    desk.press(Key::W);
    desk.wait();
    let article = desk.window.state().explorer().collection.article(1).unwrap();
    assert_eq!(article.mentions[0].span.of(&article.article.text), "came");
    desk.press(Key::U);
    desk.press(Key::U);
    desk.wait();
    assert_eq!(desk.places()[3..], ["Derna, Libya".to_owned()]);
}

#[test]
fn a_name_means_a_place_in_all_articles() {
    let mut desk = Desk::new(dernas());
    desk.open("After the flood");
    desk.press(Key::N);
    desk.click("More about this mention");
    desk.click("Names in this collection…");
    assert!(desk.has("No name means anything special yet"));
    desk.type_into("What it means", "Tobruk");
    desk.press(Key::Enter);
    assert!(desk.has("In this collection “Derna” means Tobruk"));
    desk.click("Say so");
    desk.wait_for(0, "Tobruk");
    desk.wait_for(3, "Tobruk");
    desk.click("“derna” means nothing special any more");
    desk.wait_for(0, "Derna");
    desk.wait_for(3, "Derna");
}

#[test]
fn two_places_become_one_and_some_mentions_another() {
    let mut desk = Desk::new(dernas());
    desk.click("Derna, Libya: 2 articles");
    desk.click("More about this mention");
    desk.click("The same as…");
    desk.type_into("The same as", "Tobruk");
    desk.press(Key::Enter);
    desk.click("Make them one");
    desk.wait_for(0, "Tobruk");
    desk.wait_for(3, "Tobruk");
    desk.press(Key::U);
    desk.wait_for(0, "Derna");
    desk.wait_for(3, "Derna");
    desk.click("More about this mention");
    desk.click("Some mean another place…");
    desk.wait();
    desk.click("By article");
    desk.click("After the flood: 1 mention");
    desk.type_into("The place that they mean", "Tobruk");
    desk.press(Key::Enter);
    desk.click("Say so");
    desk.wait_for(3, "Tobruk");
    assert_eq!(desk.places()[0], "Derna, Libya");
}

#[test]
fn what_is_sure_is_accepted_at_once() {
    let mut desk = Desk::new(dernas());
    desk.press(Key::J);
    desk.window.key_press_modifiers(egui::Modifiers::COMMAND, Key::P);
    settle(&mut desk.window);
    desk.window.get_by_label("Command, place or article").type_text("Accept what is sure");
    settle(&mut desk.window);
    desk.press(Key::Enter);
    desk.wait();
    assert!(desk.has("1 of 4 mentions at 0.80 or more"));
    desk.click("Accept 1");
    desk.wait();
    let derna = "Derna, Libya";
    assert_eq!(desk.places(), [derna, derna, "Lima, Peru (confirmed)", derna]);
    desk.press(Key::U);
    desk.wait();
    assert_eq!(desk.places(), [derna, derna, "Lima, Peru", derna]);
}

#[test]
fn notes_and_kinds_are_kept() {
    let mut desk = Desk::new(dernas());
    desk.open("After the flood");
    desk.press(Key::N);
    desk.press(Key::T);
    desk.type_into("Note", "Ask the harbour master");
    desk.type_into("Tags", "port, to ask");
    desk.click("Save");
    desk.wait();
    assert!(desk.has("Ask the harbour master"));
    assert!(desk.has("port, to ask"));
    desk.click("Sort of words: name, literal");
    desk.click("It is associative");
    desk.wait();
    assert!(desk.has("About to say: “Derna” is associative"));
    desk.press(Key::Enter);
    desk.wait();
    assert!(desk.has("Sort of words: name, associative"));
}

/// An article that tells an assault in Derna.
fn assault() -> Vec<Geoparsed> {
    let mut article = story(
        "one",
        None,
        "Night of fire",
        "Gunmen attacked a post in [Derna|Derna] and fled to [Lima|Lima] by sea.",
    );
    let start = article.article.text.find("attacked").unwrap();
    article.events.push(Event {
        trigger: Span::new(start, start + "attacked".len()),
        kind: EventType::Assault,
        subtype: None,
        polarity: Polarity::Happened,
        background: false,
        places: vec![0],
        when: When::Unknown,
        actors: Vec::new(),
        quote: Span::new(start - 7, article.article.text.len()),
        score: 0.9,
        decided: None,
    });
    article.as_read = true;
    vec![article]
}

/// The event as it is seen now.
fn event(desk: &Desk) -> (Event, Option<String>) {
    let article = desk.window.state().explorer().collection.article(0).unwrap();
    let event = article.events[0].clone();
    let place = article.scene_of(&event).and_then(|mention| mention.place()).map(|place| place.name.clone());
    (event, place)
}

#[test]
fn an_event_is_corrected_in_its_card() {
    let mut desk = Desk::new(assault());
    desk.click("Events");
    desk.press(Key::J);
    desk.press(Key::N);
    assert!(desk.window.state().explorer().selected.what.event().is_some());
    desk.click("Type of the event");
    desk.click("Talks or visit");
    desk.wait();
    assert_eq!(event(&desk).0.kind, EventType::Consult);
    assert!(desk.has("Corrected by"));
    desk.click("Status of the event");
    desk.click("Planned");
    desk.wait();
    assert_eq!(event(&desk).0.polarity, Polarity::Planned);
    desk.click("Where of the event");
    desk.click("Lima, Peru");
    desk.wait();
    assert_eq!(event(&desk).1.as_deref(), Some("Lima"));
    desk.click("Where of the event");
    desk.click("Click it in the text…");
    desk.click("Derna, Libya: mention");
    desk.wait();
    assert_eq!(event(&desk).1.as_deref(), Some("Derna"));
    desk.click("Say when it happened");
    desk.type_into("When it happened", "12 September 2023");
    desk.press(Key::Enter);
    desk.wait();
    assert_eq!(event(&desk).0.when, When::Set(PartialDate::ymd(2023, 9, 12)));
    for _ in 0..5 {
        desk.press(Key::U);
        desk.wait();
    }
    let (found, place) = event(&desk);
    assert_eq!(
        (found.kind, found.polarity, found.when),
        (EventType::Assault, Polarity::Happened, When::Unknown)
    );
    assert_eq!(place.as_deref(), Some("Derna"));
    desk.press(Key::X);
    desk.wait();
    assert!(event(&desk).0.is_rejected());
    assert!(!desk.has("Type of the event"), "it is shown no more");
    desk.press(Key::U);
    desk.wait();
    assert!(!event(&desk).0.is_rejected());
    desk.press(Key::N);
    desk.press(Key::C);
    desk.wait();
    assert_eq!(event(&desk).0.how(), How::Confirmed);
}

#[test]
fn what_is_about_to_be_said_fits_a_small_window() {
    let mut desk = Desk::sized(800.0, 600.0, dernas());
    desk.press(Key::J);
    desk.press(Key::N);
    desk.press(Key::Num2);
    desk.wait();
    for label in ["Apply", "Let go", "Confirm", "Not a place", "Another place…", "Everywhere: "] {
        let node = desk.window.query_all_by_label_contains(label).next().unwrap();
        let rect = node.rect();
        assert!(rect.right() <= 800.0 && rect.bottom() <= 600.0 && rect.width() > 20.0, "{label}: {rect}");
    }
}

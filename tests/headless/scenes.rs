//! Where events of whole articles happened, by the real program: in their sentence, or told before, or at the
//! dateline, or nowhere that the text tells.

use serde_json::{Value, json};

use crate::support::{folder, records, run_with};

/// Articles, each with `{the words}` of one event, and the name where it happened; empty where the text does not say.
const ARTICLES: [(&str, &str); 63] = [
    // The sentence names it.
    ("A car {bomb exploded} near a market in Kirkuk on Monday, police in Baghdad said.", "Kirkuk"),
    ("Rebels {captured} the town of Rutshuru, 70 km north of Goma, after two days.", "Rutshuru"),
    ("Gunmen {killed} three farmers in the village of Dogo Nahawa near Jos, Nigeria.", "Dogo Nahawa"),
    ("Foreign ministers {held talks} in Geneva on the war in Syria.", "Geneva"),
    ("Thousands {marched} through Madrid to demand better pensions.", "Madrid"),
    ("An {earthquake} struck Nepal on Saturday, the Indian weather office said.", "Nepal"),
    ("Russian jets {bombed} Idlib overnight, residents said by phone from Turkey.", "Idlib"),
    ("Police {arrested} two men in Lyon who had come from Belgium.", "Lyon"),
    ("President Macron {visited} Kigali, the capital of Rwanda, on Thursday.", "Kigali"),
    ("In Peshawar, a suicide {bomber attacked} a police post on Friday.", "Peshawar"),
    ("The ferry {sank} off Zanzibar with 200 people aboard, an official in Dar es Salaam said.", "Zanzibar"),
    ("Israeli tanks {shelled} the Jabaliya camp in the north of Gaza.", "Jabaliya"),
    ("The two presidents {met} in Vienna and spoke about grain from Ukraine.", "Vienna"),
    ("{Clashes} broke out in Tripoli between militias from Misrata and Zintan.", "Tripoli"),
    ("Soldiers loyal to Kyiv {shot down} a drone over Odesa, Russia's army said.", "Odesa"),
    ("A bus {crashed} on the road from Lima to Ayacucho, killing twelve.", ""),
    ("{Floods} in Bangladesh have driven a million people from their homes.", "Bangladesh"),
    ("Protesters in Hong Kong {demonstrated} against a law that Beijing had backed.", "Hong Kong"),
    ("A court in Minsk {sentenced} a Polish journalist to eight years in prison.", "Minsk"),
    ("Al-Shabaab fighters {stormed} a hotel in Mogadishu, the Somali capital.", "Mogadishu"),
    // It names places, and not this one.
    ("Egypt {condemned} the attack that took place in Mali a week ago.", ""),
    ("Washington {accused} Tehran of sending arms to Yemen.", ""),
    ("He was {killed} fighting alongside men from Chechnya and Dagestan, relatives in Paris said.", ""),
    ("The Chinese foreign minister {spoke by telephone} with his colleague in Brazil.", ""),
    ("A spokesman in London said that nobody had been {hurt}.", ""),
    ("Germany and France {agreed} to buy new helicopters.", ""),
    ("The rebels have {killed} hundreds of people this year, the United Nations says.", ""),
    ("Saudi Arabia {threatened} to cut its aid to Lebanon.", ""),
    ("Two brothers from Tunisia were {arrested} on Sunday, their lawyer said.", ""),
    ("The mayor of Naples {denied} the charges.", ""),
    // The sentence before names it.
    ("A bomb exploded in Basra on Sunday. Nine people were {killed} and twenty wounded.", "Basra"),
    ("Gunmen attacked a convoy near Agadez on Tuesday. They {abducted} two engineers.", "Agadez"),
    ("A fire broke out in a factory in Dhaka at dawn. At least 30 workers {died}.", "Dhaka"),
    ("The rebels shelled Taiz all night. Three children were {killed} in their beds.", "Taiz"),
    ("An earthquake shook Lombok at noon.\n\nDozens were {injured} by falling walls.", "Lombok"),
    ("A train derailed outside Santiago. The {crash} blocked the line until evening.", "Santiago"),
    ("Troops entered Mekelle on Saturday. Residents said that soldiers {killed} men in the city.", "Mekelle"),
    ("Ministers met in Doha on Monday. The {talks} lasted four hours.", "Doha"),
    (
        "A plane crashed near Tehran in the morning.\n\nExperts looked for the recorders.\n\nThe {crash} was the second this year.",
        "Tehran",
    ),
    ("Demonstrators gathered in Khartoum. Police {fired} tear gas at the crowd there.", "Khartoum"),
    (
        "Jets bombed a camp in eastern Chad on Friday. The {air strikes} came hours after raiders had killed nine \
         herdsmen in Niger.",
        "Chad",
    ),
    (
        "A photograph of Friday shows the Kenyan president {meeting} the ambassador of Norway and two bankers from Lagos \
         in Mombasa.",
        "Mombasa",
    ),
    ("A cargo plane {crashed} minutes after taking off from Sanaa, and its crew died.", "Sanaa"),
    // Words point back to it.
    ("Aleppo was quiet on Friday.\n\nA day later, aircraft {bombed} a hospital in the city.", "Aleppo"),
    ("He was born in Ghana.\n\nIn 2019 soldiers {arrested} him in the country.", "Ghana"),
    ("Marawi lies in the south.\n\nMilitants {attacked} the town at night.", "Marawi"),
    ("The delegation arrived in Muscat on Sunday.\n\nIt {met} the sultan there.", "Muscat"),
    // The dateline tells it.
    ("CAIRO (Reuters) - A {bomb exploded} outside a bank on Tuesday, the ministry said.", "CAIRO"),
    ("NAIROBI, Kenya — Police {clashed} with students on Monday over fees.", "NAIROBI"),
    ("QUITO (AP) — Thousands {marched} on Wednesday to protest higher fuel prices.", "QUITO"),
    ("ANKARA, March 3 - A gunman {killed} two guards before he was overpowered.", "ANKARA"),
    ("TBILISI — The prime minister {met} an American envoy on Thursday.", "TBILISI"),
    ("BEIRUT (Reuters) - A truck {bomb exploded} in Damascus on Tuesday, state media said.", "Damascus"),
    ("MOSCOW (AP) — The president {spoke by phone} with his counterpart on Friday.", ""),
    ("LAGOS — Pirates {seized} a tanker off the coast of Benin, the owners said.", "Benin"),
    // Further down, a dateline tells nothing.
    (
        "SEOUL (Reuters) - Exports rose in May.\n\nA union said that it would fight the law.\n\nIn 1980 the army {killed} hundreds of protesters in Gwangju.",
        "Gwangju",
    ),
    ("WARSAW — The cabinet resigned on Monday.\n\nHis brother was {killed} in the war.", ""),
    // One of two.
    (
        "Suicide bombers struck Ankara in March and {killed} 41 at the airport of Istanbul in June.",
        "Istanbul",
    ),
    ("After the attack in Nice, police in Cologne {raided} three flats.", "Cologne"),
    ("The army {retook} Palmyra a year after the militants had lost Sinjar.", "Palmyra"),
    ("While the envoys met in Astana, planes {bombed} Daraa.", "Daraa"),
    ("A blast in Quetta killed 13 people, hours after gunmen {shot} a judge in Karachi.", "Karachi"),
    ("The protests began in Leipzig and spread; on Sunday police {beat} marchers in Dresden.", "Dresden"),
];

/// How many of them may be wrong: what the text means and what a machine reads of it differ at times.
const WRONG: usize = 8;

#[test]
fn events_of_articles_have_their_places() {
    let folder = folder(&[]);
    let (mut lines, mut asked) = (String::new(), Vec::new());
    for (number, (marked, expected)) in ARTICLES.iter().enumerate() {
        let (before, rest) = marked.split_once('{').unwrap();
        let (trigger, after) = rest.split_once('}').unwrap();
        let text = format!("{before}{trigger}{after}");
        let start = before.chars().count();
        lines += &format!("{}\n", json!({ "id": number.to_string(), "text": text }));
        asked.push((text, start, start + trigger.chars().count(), *expected));
    }
    let ran = run_with(folder.path(), &["geoparse", "--format", "jsonl", "-"], &lines);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let mut wrong = Vec::new();
    for (record, (text, start, end, expected)) in records(&ran.stdout).iter().zip(&asked) {
        let told = scene(record, text, *start, *end);
        if told.as_deref() != Some(*expected) {
            wrong.push(format!("{text:?} is at {told:?}, not {expected:?}"));
        }
    }
    assert!(wrong.len() <= WRONG, "{} of {} are wrong: {wrong:#?}", wrong.len(), asked.len());
}

/// The words of the main place of an article's event that these words tell; none where no such event is told.
fn scene(record: &Value, text: &str, start: usize, end: usize) -> Option<String> {
    let at = |span: &Value, key: &str| span[key].as_u64().unwrap() as usize;
    let told = |event: &&Value| at(event, "start") < end && start < at(event, "end");
    let event = record["events"].as_array().unwrap().iter().find(told)?;
    let place = event["locations"].as_array().unwrap().first();
    let words = |span: &Value| {
        let (start, end) = (at(span, "start"), at(span, "end"));
        text.chars().skip(start).take(end - start).collect()
    };
    Some(place.map(words).unwrap_or_default())
}

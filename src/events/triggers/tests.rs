//! What sentences tell, one a line: type, sub-type, and what else than that it happened.

use super::*;
use crate::model::{Article, Kind, Mention, Polarity, Role, Sense};

/// Finds what a text tells; braces stand around the names of places in it.
fn read(marked: &str) -> (String, Vec<Event>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for part in marked.split('}') {
        let (before, name) = part.split_once('{').unwrap_or((part, ""));
        text.push_str(before);
        let start = text.len();
        text.push_str(name);
        if !name.is_empty() {
            places.push(Span::new(start, text.len()));
        }
    }
    let (article, mentions) =
        (Article::from_text("text", text.clone()), places.into_iter().map(mention).collect());
    let geoparsed = Geoparsed { article, mentions, ..Geoparsed::default() };
    let events = find(&Text::new(&text, &[]), &geoparsed);
    (text, events)
}

fn mention(span: Span) -> Mention {
    let (kind, sense, role) = (Kind::Name, Sense::Literal, Role::Mention);
    Mention { span, kind, sense, role, candidates: Vec::new(), resolved: false, decided: None }
}

fn told(event: &Event) -> String {
    let mut told = event.kind.as_str().to_owned();
    for more in event.subtype.as_deref().into_iter() {
        told = format!("{told} {more}");
    }
    if event.polarity != Polarity::Happened {
        told = format!("{told} {}", event.polarity.as_str());
    }
    told
}

/// The event that counts most, against "type sub-type polarity"; what is not expected by name may be anything.
pub(super) fn check(text: &str, expected: &str) {
    let (_, events) = read(text);
    let main = events.iter().reduce(|best, event| if event.score > best.score { event } else { best });
    let all: Vec<String> = events.iter().map(told).collect();
    let Some(main) = main else { return assert_eq!("none", expected, "{text}") };
    let mut words = expected.splitn(2, ' ');
    assert_eq!(main.kind.as_str(), words.next().unwrap(), "{text} {all:?}");
    let rest = words.next().unwrap_or("");
    let polarity = Polarity::ALL.into_iter().find(|polarity| rest.ends_with(polarity.as_str()));
    assert_eq!(main.polarity, polarity.unwrap_or_default(), "{text} {all:?}");
    let subtype = rest.trim_end_matches(main.polarity.as_str()).trim_end();
    assert!(subtype.is_empty() || main.subtype.as_deref() == Some(subtype), "{text} {all:?}");
}

/// Every event of a text, in its order.
pub(super) fn check_all(text: &str, expected: &[&str]) {
    let (_, events) = read(text);
    let all: Vec<String> = events.iter().map(told).collect();
    assert_eq!(all, expected, "{text}");
}

pub(super) fn check_trigger(text: &str, expected: &[&str]) {
    let (text, events) = read(text);
    let all: Vec<&str> = events.iter().map(|event| event.trigger.of(&text)).collect();
    assert_eq!(all, expected, "{text}");
}

#[test]
fn agreements() {
    check("The two governments agreed to reopen the ferry line.", "agree");
    check("Norland has agreed to mediate between the warring factions.", "agree");
    check("The minister promised to build a hospital for the refugees.", "agree");
    check("Both sides reached an agreement on fishing rights on Monday.", "agree");
    check("The president said his country was ready to send medicine.", "agree");
    check("The company offered to pay compensation to the villagers.", "agree");
    check("Peru said it would allow inspectors into the plant.", "agree");
    check("The parties accepted a ceasefire proposed by the mediators.", "agree ceasefire");
    check("Envoys brokered a truce between the clans.", "agree ceasefire");
    check("The cabinet is willing to release the prisoners, a spokesman said.", "agree");
    check("The rebels pledged to hand over their weapons.", "agree");
}

#[test]
fn meetings() {
    check("The prime minister met the king in the palace.", "consult meeting");
    check("Foreign ministers held talks in Geneva on Tuesday.", "consult talks");
    check("The envoy visited the camp on Friday.", "consult visit");
    check("She arrived in Oslo for talks with the government.", "consult visit");
    check("The leaders spoke by telephone about the drought relief.", "consult phone call");
    check("The mayor told a press conference that the bridge was safe.", "consult press conference");
    check("The summit in Nairobi opened on Wednesday.", "consult summit");
    check("Negotiations on the border resumed in March.", "consult talks");
    check("The pope received the president at the Vatican.", "consult meeting");
    check("He made a three-day visit to the region.", "consult visit");
    check("The general will visit the northern province next week.", "consult visit planned");
    check("Talks will be held in Vienna on Friday.", "consult talks planned");
    check_all("The summit was cancelled.", &["consult summit denied", "sanction"]);
    check("The meeting is scheduled for Thursday.", "consult meeting planned");
    check("The two delegations failed to meet.", "reject");
}

#[test]
fn support() {
    check("The council praised the decision.", "support");
    check("Germany welcomed the announcement of elections.", "support");
    check("The two countries signed a trade agreement.", "support treaty");
    check("{Chad} apologised for the incident.", "support");
    check("The senator defended the ambassador against criticism.", "support");
    check("Lawmakers ratified the convention.", "support");
    check("The kingdom recognised the new state.", "support");
    check("The opposition expressed support for the strike.", "support");
}

#[test]
fn cooperation() {
    check("The two navies held joint exercises in the bay.", "cooperate military exercise");
    check("Spain extradited the suspect to Morocco.", "cooperate extradition");
    check("The agencies shared intelligence on the smugglers.", "cooperate");
}

#[test]
fn aid() {
    check("Japan sent 200 tonnes of rice to the flooded province.", "aid");
    check("The bank lent the ministry 40 million dollars.", "aid");
    check("Rescuers evacuated the villagers.", "aid rescue");
    check("Sweden granted asylum to the journalist.", "aid asylum");
    check("The union deployed peacekeepers along the border.", "aid peacekeeping");
    check("Helicopters dropped food to the stranded families.", "aid");
    check("Doctors treated the wounded at a field hospital.", "aid rescue");
}

#[test]
fn concessions() {
    check("The governor lifted the curfew.", "concede");
    check("The prime minister resigned on Sunday.", "concede resignation");
    check("The junta eased restrictions on newspapers.", "concede");
    check("The king pardoned forty students.", "concede");
    check("The government gave in to the demands of the farmers.", "concede");
    check("The minister stepped down after the scandal.", "concede resignation");
}

#[test]
fn retreats() {
    check("The army withdrew its troops from the valley.", "retreat withdrawal");
    check("The militia released the hostages.", "retreat release");
    check("The guerrillas surrendered to the police.", "retreat surrender");
    check("The two armies declared a ceasefire.", "retreat ceasefire");
    check("Turkey lifted the sanctions.", "retreat");
    check("Soldiers pulled out of the town.", "retreat withdrawal");
    check("The rebels laid down their arms.", "retreat surrender");
    check("Prisoners were released from jail on Monday.", "retreat release");
    check("The bodies were handed over to the families.", "none");
}

#[test]
fn investigations() {
    check("Police are investigating the death of the banker.", "investigate");
    check("The prosecutor opened an inquiry into the fire.", "investigate");
    check("Inspectors searched the site.", "investigate");
    check("An investigation was launched on Monday.", "investigate");
    check("The commission questioned the suspects.", "investigate");
}

#[test]
fn demands() {
    check("The union demanded higher wages.", "demand");
    check("The bishop called for an end to the war.", "demand");
    check("The secretary-general urged both sides to stop.", "demand");
    check("The ministry asked the embassy to explain.", "demand");
    check("Libya must hand over the files, the envoy said.", "demand");
    check("The court ordered the company to pay.", "demand");
    check("The envoys appealed for calm.", "demand");
}

#[test]
fn disapproval() {
    check("The opposition accused the president of fraud.", "disapprove");
    check("Amnesty condemned the arrests.", "disapprove");
    check("The newspaper criticised the plan.", "disapprove");
    check("The widow sued the airline.", "disapprove");
    check("The court found him guilty of bribery.", "disapprove");
    check("Serbia lodged a complaint with the council.", "disapprove");
    check("The mayor blamed the contractor for the collapse.", "disapprove");
    check("He was convicted of smuggling.", "disapprove");
}

#[test]
fn refusals() {
    check("The rebels rejected the offer.", "reject");
    check("The minister refused to attend the talks.", "reject");
    check("The parliament turned down the request.", "reject");
    check("Russia vetoed the resolution.", "reject");
    check("The general denied permission for the march.", "reject");
    check("The government said it would not negotiate with the kidnappers.", "reject");
    check("The delegates failed to reach agreement.", "reject");
    check("The party ruled out a coalition.", "reject");
}

#[test]
fn threats() {
    check("The warlord threatened to bomb the dam.", "threaten");
    check("The union warned of a strike.", "threaten");
    check("The army gave the rebels an ultimatum.", "threaten");
    check("The group vowed revenge.", "threaten");
    check("The commander vowed to crush the rebellion.", "threaten");
}

#[test]
fn protests() {
    check("Thousands of students marched through the capital.", "protest demonstration");
    check("Villagers protested against the mine.", "protest demonstration");
    check("Teachers went on strike over pay.", "protest strike");
    check("Farmers blocked the road with tractors.", "protest blockade");
    check("Prisoners began a hunger strike.", "protest hunger strike");
    check("Youths threw stones at police.", "protest riot");
    check("Riots broke out in the suburbs.", "protest riot");
    check("Crowds took to the streets of the old town.", "protest demonstration");
    check("Rioters demolished the fence.", "protest");
    check("Dockers staged a walkout.", "protest strike");
    check("The opposition boycotted the election.", "protest boycott");
}

#[test]
fn sanctions() {
    check("The union imposed sanctions on the ministers.", "sanction");
    check("Sudan cut ties with its neighbour.", "sanction");
    check("The kingdom recalled its ambassador.", "sanction");
    check("Donors suspended aid to the ministry.", "sanction");
    check("Cuba expelled two diplomats.", "sanction");
    check("The delegation broke off talks.", "sanction");
    check("An embargo was imposed in 1998.", "sanction");
}

#[test]
fn mobilization() {
    check("The army deployed tanks along the river.", "mobilize");
    check("Troops were put on alert.", "mobilize");
    check("Britain sent warships to the gulf.", "mobilize");
    check("The north tested a missile on Tuesday.", "mobilize missile test");
    check("Soldiers patrolled the market.", "mobilize patrol");
    check("Police stepped up security at the airport.", "mobilize");
}

#[test]
fn coercion() {
    check("Police arrested three men.", "coerce arrest");
    check("The junta imposed a curfew.", "coerce");
    check("The court banned the party.", "coerce ban");
    check("The government declared a state of emergency.", "coerce");
    check("Soldiers overthrew the president.", "coerce coup");
    check("The judge sentenced him to nine years in prison.", "coerce trial");
    check("Officers seized the cargo.", "coerce seizure");
    check("The police fired tear gas at the crowd.", "coerce");
    check("Authorities deported forty families.", "coerce");
    check("Bulldozers demolished the houses.", "coerce seizure");
    check("The editor was detained at the airport.", "coerce arrest");
    check("Police broke up the demonstration.", "coerce");
    check("A coup in the islands failed.", "coerce coup");
}

#[test]
fn assaults() {
    check("Gunmen killed a judge.", "assault killing");
    check("A suicide bomber blew himself up in the market.", "assault suicide bombing");
    check("A car bomb exploded outside the court.", "assault remote explosive");
    check("Militants abducted two engineers.", "assault abduction");
    check("The senator was assassinated in 1968.", "assault assassination");
    check("The prisoners were tortured.", "assault torture");
    check("A man was stabbed in the park.", "assault beating");
    check("Masked men shot dead a shopkeeper.", "assault killing");
    check("A gunman opened fire in the school.", "assault shooting");
    check("The massacre at the mission shocked the country.", "assault massacre");
    check("Pirates hijacked a tanker.", "assault abduction");
    check("A roadside bomb killed four people near the bridge.", "assault remote explosive");
}

#[test]
fn fights() {
    check("Jets bombed the airfield.", "fight air strike");
    check("Artillery shelled the village all night.", "fight shelling");
    check("Rebels clashed with troops near the dam.", "fight armed clash");
    check("The army captured the town.", "fight territory taken");
    check("Troops invaded the island.", "fight offensive");
    check("Air strikes hit the depot.", "fight air strike");
    check("The raid destroyed a bunker.", "fight offensive");
    check("Soldiers killed nine rebels.", "fight");
    check("The militia besieged the city.", "fight siege");
    check("A helicopter was shot down over the desert.", "fight shooting down");
    check("The army launched an offensive in the hills.", "fight offensive");
    check("Fifteen guerrillas were killed in an air strike.", "fight air strike");
    check("Fighting broke out in the east.", "fight armed clash");
    check("A drone strike destroyed the convoy.", "fight air strike");
    check("Israel bombed a warehouse in the port.", "fight air strike");
    check("Militants bombed a church.", "assault remote explosive");
}

#[test]
fn accidents() {
    check("A plane crashed into the sea.", "accident plane crash");
    check("Two trains collided near the station.", "accident train crash");
    check("A ferry sank in the lake.", "accident shipwreck");
    check("A bus overturned on the highway.", "accident car crash");
    check("A building collapsed in the centre.", "accident collapse");
    check("Nine people were killed in a road accident.", "accident");
    check("The airliner was lost; the crash killed all on board.", "accident plane crash");
    check("A fire at a factory killed six workers.", "accident fire");
    check("The train derailed.", "accident train crash");
    check("A stampede at the shrine left many dead.", "accident stampede");
}

#[test]
fn disasters() {
    check("An earthquake struck the coast.", "disaster earthquake");
    check("Floods swept away a bridge.", "disaster flood");
    check("A cyclone battered the islands.", "disaster storm");
    check("A landslide buried the road.", "disaster landslide");
    check("Cholera spread after the outbreak in the camp.", "disaster epidemic");
    check("The volcanic eruption forced flights to be diverted.", "disaster volcanic eruption");
    check("Drought has ruined the harvest.", "disaster drought");
}

#[test]
fn whether_it_happened() {
    check("The rebels denied shelling the market.", "fight shelling denied");
    check("The general denied that his troops had shelled the market.", "fight shelling denied");
    check("If the army attacks the port, the city will starve.", "fight hypothetical");
    check("Police foiled a bomb attack on the station.", "assault remote explosive denied");
    check("The delegates will sign a treaty on Monday.", "support treaty planned");
    check("The workers plan to march on Friday.", "protest demonstration planned");
    check("Rebels could attack the dam.", "fight hypothetical");
    check("The commander threatened to invade the island.", "threaten");
    check("No attack took place.", "assault attack denied");
    check_all("The visit was postponed.", &["consult visit denied", "sanction"]);
    check("He called for talks with the rebels.", "demand");
    check("The army did not bomb the school.", "fight air strike denied");
    check("The talks could resume in May.", "consult talks hypothetical");
    check("The general strike is due to begin on Monday.", "protest strike planned");
}

#[test]
fn what_is_none() {
    check("She said the harvest was good.", "none");
    check("The minister of defence is sixty.", "none");
    check("Prices rose by four per cent.", "none");
    check("The striker scored twice in the second half of the match.", "none");
    check("He had a heart attack.", "none");
    check("The book strikes a balance between art and science.", "none");
    check("Paris and Rome work hand in hand at the United Nations, the envoy said.", "none");
    check("The price war hurt small shops.", "none");
    check("The storm of criticism surprised the actor.", "none");
    check("The company launched a new phone.", "none");
    check("The album will be released in June.", "none");
    check("He hopes to fight inflation.", "none");
    check("The riot police wore helmets.", "none");
    check("Attack helicopters are expensive.", "none");
    check("The museum is open daily.", "none");
    check("The team beat its rivals in the final match of the season.", "none");
    check("The government expects growth.", "none");
    check("They met the deadline.", "none");
    check("The bill was killed in committee.", "none");
    check("The bank raised interest rates.", "none");
    check(
        "The goalkeeper saved a penalty kick and the team attacked again after half-time in the final match.",
        "none",
    );
    check("Our readers told us that they enjoyed the series.", "none");
    check("The fire department bought a truck.", "none");
    check("The director shot the film in Wales.", "none");
    check("Her voice captured the imagination of the public.", "none");
    check("The Clash played in Leeds.", "none");
}

#[test]
fn one_happening_is_one_event() {
    check_all("Nine people were killed in a road accident.", &["accident car crash"]);
    check_all("Fifteen guerrillas were killed in an air strike.", &["fight air strike"]);
    check_all("A suicide bombing killed six and wounded nine.", &["assault suicide bombing"]);
    check_all("The general denied that his troops had shelled the market.", &["fight shelling denied"]);
    check_all("Jets bombed the depot, killing nine.", &["fight air strike"]);
}

#[test]
fn a_word_about_a_deed_is_an_event_beside_it() {
    check_all("The general threatened to bomb the dam.", &["threaten", "fight air strike threatened"]);
    check_all("The minister refused to attend the talks.", &["reject", "consult talks denied"]);
    check_all("The envoy called for talks.", &["demand", "consult talks hypothetical"]);
    check_all("The rebels agreed to release the hostages.", &["agree", "retreat release planned"]);
}

#[test]
fn triggers_are_the_telling_words() {
    check_trigger("The ministers held talks in {Geneva}.", &["held talks"]);
    check_trigger("Soldiers launched an attack on the camp.", &["launched an attack"]);
    check_trigger("Gunmen killed a judge in {Cali}.", &["killed"]);
    check_trigger("Sanctions were imposed on the ministers in May.", &["Sanctions were imposed"]);
}

#[test]
fn what_crashed_is_remembered() {
    let text =
        "An airliner crashed near the coast.\n\nInvestigators said the crash killed nobody on the ground.";
    let (_, events) = read(text);
    let crashes: Vec<_> = events.iter().filter_map(|event| event.subtype.as_deref()).collect();
    assert!(crashes.iter().filter(|subtype| **subtype == "plane crash").count() >= 2, "{crashes:?}");
}

#[test]
fn nothing_breaks() {
    for text in ["", ".", "-", "killed", "to", "will", "the - - killed -", "\u{feff}"] {
        read(text);
    }
}

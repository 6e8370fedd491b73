//! Closed lists of words that tell persons, organisations and places apart.
//! They are lists of English news; a word may stand in several, and context decides.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A set of folded words.
pub(crate) struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    /// Whether the folded word is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(crate) static $name: Words =
            Words(LazyLock::new(|| $text.split_whitespace().collect()));)*
    };
}

words! {
    /// What stands before a person's name.
    TITLES = "mr mrs ms miss mister dr prof professor president vice premier minister secretary \
        senator sen representative rep congressman congresswoman councilman councilwoman councilor \
        councillor alderman governor gov mayor sheriff deputy judge justice magistrate attorney \
        general gen colonel col lieutenant lt captain capt major maj sergeant sgt corporal cpl \
        private pvt officer inspector constable detective det superintendent supt commander cmdr \
        admiral adm brigadier brig marshal commissioner chief chairman chairwoman chairperson \
        chancellor ambassador envoy consul king queen prince princess duke duchess earl baron lord \
        lady sir dame sheikh shaikh emir sultan shah ayatollah imam mullah mufti pope cardinal \
        archbishop bishop rev reverend father fr pastor rabbi sister brother saint coach manager \
        captain striker midfielder defender goalkeeper quarterback pitcher actor actress singer \
        author writer director producer spokesman spokeswoman spokesperson leader lawmaker mp mep \
        candidate economist analyst journalist reporter photographer correspondent dictator \
        strongman tsar czar comrade uncle aunt mother analyst historian architect engineer \
        principal trooper firefighter nurse chef boss ceo founder executive owner resident \
        counterpart wife husband son daughter student junior sophomore freshman senior";
    /// Titles that never stand before a place in ordinary news.
    FIRM_TITLES = "mr mrs ms miss mister dr prof professor president senator sen rep congressman \
        congresswoman councilman councilwoman gov judge justice gen colonel col lt capt sgt cpl pvt \
        det maj ayatollah imam pope rev reverend pastor rabbi spokesman spokeswoman spokesperson \
        king queen prince princess sheikh lord lady sir dame coach minister sergeant lieutenant";
    /// Nouns that end the name of an organisation, outlet, team, facility: what is inside is embedded.
    ORG_HEADS = "times post news herald tribune gazette journal chronicle telegraph guardian \
        observer mirror star sun mail press globe examiner inquirer register dispatch sentinel \
        courier enquirer review record monitor ledger today tv radio television broadcasting \
        magazine weekly daily reporter bulletin observer advertiser independent echo \
        university college school academy institute polytechnic seminary campus museum library \
        theatre theater gallery orchestra symphony opera ballet zoo aquarium hospital clinic \
        infirmary hospice medical center centre stadium arena church cathedral mosque temple \
        synagogue abbey chapel diocese archdiocese parish hotel inn casino resort mall plaza bank \
        group holdings inc corp corporation company co llc ltd plc industries airlines airways air \
        railway railways railroad rail bus transit transport ports ministry department dept agency \
        bureau office commission committee council board authority administration service services \
        court courthouse jail prison penitentiary correctional detention police sheriff fire force \
        army navy guard marines brigade battalion regiment corps division command parliament \
        congress senate assembly legislature house embassy consulate mission party union federation \
        association society club league alliance coalition foundation trust fund charity network \
        movement front organization organisation institution chamber commerce conference summit \
        treaty accord agreement protocol convention declaration act cup open championship \
        championships marathon festival games olympics grand prix derby series bowl rovers wanderers \
        united city athletic albion hotspur fc sc cf afc rangers dodgers giants yankees mets lakers \
        bulls celtics patriots cowboys eagles bears lions tigers panthers falcons saints steelers \
        ravens rams raiders chiefs broncos packers vikings jets dolphins texans colts titans jaguars \
        angels braves cubs reds brewers cardinals royals indians phillies nationals pirates padres \
        mariners astros orioles sox jays knicks nets hawks heat magic pistons pacers bucks cavaliers \
        hornets wizards raptors suns spurs rockets mavericks nuggets thunder jazz kings clippers \
        warriors bruins sabres canadiens senators leafs flyers penguins capitals canucks oilers \
        flames wild blues avalanche predators sharks ducks coyotes blackhawks islanders devils \
        bulldogs wildcats huskies exchange index stock securities capital partners energy power \
        electric gas oil petroleum telecom bancorp financial insurance hospitality works project \
        program programme initiative study survey report studio studios pictures records entertainment \
        post-dispatch star-tribune district schools utilities water sewer";
    /// What begins the name of an organisation: "University of Maine".
    ORG_OPENERS = "university college bank institute ministry department bureau church \
        diocese archdiocese port museum society association federation council court \
        commission academy embassy friends sons daughters daughter hospital treaty battle \
        duke earl prince chamber board school";
    /// Words of streets: what is before is no town.
    STREET_HEADS = "street st avenue ave road rd drive dr boulevard blvd lane ln highway hwy parkway \
        pkwy way court ct circle terrace turnpike pike expressway freeway route alley crescent close \
        prospekt rue";
    /// Before a place where something is or happens.
    LOCATIVES = "in at near from to into outside inside around across toward towards via throughout \
        within beyond through leaving entering visiting reach reached visit visited visits left enter entered enters seized captured retook recaptured besieged shelled bombed bombing \
        stormed fled \
        bordering between";
    /// Points of the compass and parts of a place.
    DIRECTIONS = "north south east west northern southern eastern western central northeast \
        northwest southeast southwest northeastern northwestern southeastern southwestern upper lower \
        mid inner outer downtown uptown nearby neighboring neighbouring rural suburban mainland \
        northward greater metro";
    /// Nouns of place types before "of": "the city of Lausanne".
    PLACE_NOUNS = "city town village hamlet capital port suburb district province region state \
        county governorate municipality island islands isle republic kingdom territory emirate \
        prefecture department canton commune settlement stronghold enclave oblast township parish \
        borough resort community neighborhood neighbourhood outskirts north south east west northeast \
        northwest southeast southwest coast shores streets people residents border gulf strait bay \
        sea lake river valley mount peninsula";
    /// Lower-case nouns that often follow a place's name.
    PLACE_FOLLOWERS = "city town village area region province district county state governorate \
        resident residents native man woman men women boy girl couple family families police \
        officials official authorities government mayor suburb suburbs neighborhood neighbourhood \
        airport border coast outskirts metro metropolitan school schools hospital home residence \
        market markets office court courthouse jail factory plant company firm headquarters \
        firefighters officers teen teenager motorist driver lawmakers legislature voters peninsula \
        river valley island islands";
    /// Verbs of persons.
    SAYINGS = "said says told added asked replied who whose testified explained noted recalled \
        laughed smiled thinks believes wrote tweeted insisted";
    /// Names of months and weekdays, no places.
    CALENDAR = "january february march april may june july august september october november \
        december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday \
        friday saturday sunday mon tue tues wed thu thur thurs fri sat";
    /// Lower-case words inside a name.
    CONNECTORS = "of the and de del la las los el al ez az as ash ad ed du des da do dos di on upon \
        sur am an der den y e le les au aux in i bin ibn um ul es sous en op aan zu under by next";
    /// Words that join given name and surname.
    PARTICLES = "al el bin ibn van von der den de da dos di del la le abu ben ter ten bint ould";
    /// Capitalised at the head of a sentence without being a name.
    FUNCTION_WORDS = "the a an and but or nor so yet if when while as at by for from in into of on \
        to with without after before during since until although because he she it they we you i his \
        her its their our my your this that these those there here what who which how why where not \
        no some many most all any both each every other another such one two three four five six \
        seven eight nine ten more less few several much also then now meanwhile however still just \
        only even is are was were be been has have had do does did will would could should may might \
        must can let about above across against among around behind below between beyond despite \
        down inside near off over past per than through toward under up upon via within new last \
        next first second third";
    /// What governments do: before such a verb a capital stands for its state.
    GOVERNMENT_VERBS = "said says held gave made kept courted insisted insists prompted announced denied denies accused accuses \
        warned warns agreed agrees rejected rejects called calls wants want hopes hoped plans planned \
        condemned condemns demanded demands urged urges claimed claims supports supported backs \
        backed opposes opposed imposed suspended launched signed vowed vows pledged refused refuses \
        told asked offered recognized recognised voted decided believes considers has have had is \
        was will would may could moved sees saw expects expected responded retaliated expelled declined declines refuses \
        reported confirmed ordered sent pursue bow courting showered strongly maintains faces agreed";
    /// Type words that, capitalised, belong to the name before them.
    TYPE_WORDS = "county parish township river lake creek island islands province state district \
        valley mountains peninsula governorate oblast region bay sea desert borough prefecture \
        municipality canyon hills forest reservoir dam airport beach port territory";
}

/// AP abbreviations, which a period follows without ending the sentence.
pub(crate) static DOTTED: Words = Words(LazyLock::new(|| {
    "st ste mt ft pt mr mrs ms dr prof sen rep gov gen col lt capt maj sgt cpl pvt rev hon jr sr \
     supt det adm cmdr brig jan feb mar apr jun jul aug sep sept oct nov dec ala ariz ark calif colo \
     conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex vt \
     va wash wis wyo ont que sask alta man nfld no vs ave blvd rd inc corp co ltd u.s u.k dept univ \
     assn bros fr"
        .split_whitespace()
        .collect()
}));

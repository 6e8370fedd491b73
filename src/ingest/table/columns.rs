//! What a column holds, by its name: "Überschrift", "published_at", "source.name".
//! Names are compared without case, accents, or what parts their words; of several the one that stands first counts.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ingest::Column;

/// Names of columns, in the form that [`folded`] gives them, the surest first.
const NAMES: [(Column, &[&str]); 7] = [
    (
        Column::Text,
        &[
            "text", "full text", "body", "body text", "plain text", "content", "maintext", "clean text",
            "story", "article", "texte", "corps", "contenu", "texto", "cuerpo", "contenido", "corpo",
            "conteudo", "inhalt", "volltext", "artikeltext", "testo", "contenuto", "tekst", "inhoud",
            "tresc", "текст", "содержание", "текст новости", "зміст", "نص", "النص", "المحتوى", "متن", "正文",
            "内容", "內容", "文本", "全文", "本文", "記事", "본문", "내용", "metin", "icerik", "isi", "teks",
            "konten", "body html", "content html", "content text", "html", "content encoded", "transcript",
            "message", "nachricht", // What stands for the text where there is none.
            "description", "summary", "lead paragraph", "abstract", "excerpt", "snippet", "lead", "teaser",
            "standfirst", "notes", "resume", "chapo", "resumen", "resumo", "descripcion", "descricao",
            "zusammenfassung", "beschreibung", "riassunto", "описание", "аннотация", "摘要", "要約",
            "comment", "details",
        ],
    ),
    (
        Column::Title,
        &[
            "title", "headline", "heading", "titre", "titulo", "titular", "titel", "uberschrift",
            "schlagzeile", "titolo", "kop", "tytul", "naglowek", "заголовок", "название", "عنوان", "العنوان",
            "标题", "標題", "題名", "タイトル", "見出し", "제목", "baslik", "judul", "rubrik", "overskrift",
            "subject", "betreff", "objet", "asunto", "web title",
        ],
    ),
    (
        Column::Date,
        &[
            "date",
            "published",
            "published at",
            "publishedat",
            "published date",
            "publish date",
            "publication date",
            "date published",
            "pubdate",
            "pub date",
            "date publish",
            "posted",
            "posted at",
            "date posted",
            // The day of what is told, where nothing says when it was told.
            "event date",
            "dateevent",
            "sqldate",
            "seendate",
            "date de publication",
            "publie le",
            "fecha",
            "fecha de publicacion",
            "data",
            "data de publicacao",
            "data publicacao",
            "datum",
            "veroffentlicht",
            "erscheinungsdatum",
            "data pubblicazione",
            "publicatiedatum",
            "data publikacji",
            "дата",
            "дата публикации",
            "تاريخ",
            "التاريخ",
            "تاريخ النشر",
            "日期",
            "发布时间",
            "發布時間",
            "发布日期",
            "时间",
            "公開日",
            "日付",
            "날짜",
            "tarih",
            "tanggal",
            "dato",
            "web publication date",
            "issued",
            // When a row was written, or changed: a table of events has it beside their days.
            "datetime",
            "created",
            "created at",
            "created utc",
            "timestamp",
            "time",
            "day",
        ],
    ),
    (
        Column::Url,
        &[
            "url", "link", "href", "permalink", "canonical", "canonical url", "source url", "web url",
            "web address", "lien", "enlace", "vinculo", "ссылка", "رابط", "الرابط", "链接", "網址", "网址",
            "リンク", "sourceurl", "documentidentifier", "uri", "guid",
        ],
    ),
    (
        Column::Source,
        &[
            "source name", "source title", "media name", "source", "outlet", "pub name", "pubname",
            "pub title", "pubtitle", "publication title", "publication name", "publisher", "publication",
            "newspaper", "media", "journal", "medium", "site", "site name", "website", "domain",
            "source domain", "sourcecommonname", "provider", "feed", "channel", "fuente", "medio", "diario",
            "periodico", "fonte", "veiculo", "quelle", "zeitung", "testata", "bron", "zrodlo", "источник",
            "издание", "джерело", "مصدر", "المصدر", "来源", "來源", "媒体", "新聞社", "出典", "출처",
            "언론사", "kaynak", "gazete", "sumber", "kilde", "agency",
        ],
    ),
    (
        Column::Language,
        &[
            "language", "lang", "langue", "idioma", "lingua", "sprache", "taal", "jezyk", "язык", "мова",
            "لغة", "اللغة", "语言", "語言", "言語", "언어", "dil", "bahasa", "in language",
        ],
    ),
    (
        Column::Id,
        &[
            "id", "uuid", "article id", "doc id", "document id", "news id", "post id", "record id",
            "event id cnty", "stories id", "story id", "store id", "accession number", "gkgrecordid",
            "identifier", "key", "uid", "nr", "number", "event id", "globaleventid",
        ],
    ),
];

/// Where the names begin that stand for the text only where there is none.
const INSTEAD: &str = "description";

/// Words before a name that say what everything in the table is: "article_title".
const BEFORE: [&str; 12] =
    ["article", "news", "post", "story", "item", "doc", "document", "page", "og", "dc", "meta", "raw"];

/// What a name stands for, and how surely: the lower the better.
pub(in crate::ingest) fn told(name: &str) -> Option<(Column, usize)> {
    let name = folded(name);
    let exact = |name: &str| {
        NAMES.iter().find_map(|(column, names)| {
            names.iter().position(|known| *known == name).map(|rank| (*column, rank))
        })
    };
    exact(&name).or_else(|| {
        let (before, rest) = name.split_once(' ')?;
        // A name that is not quite one of ours is less sure than any that is.
        BEFORE.contains(&before).then(|| exact(rest))?.map(|(column, rank)| (column, rank + 1))
    })
}

/// Whether a name says only that what it holds may stand for the text.
pub(in crate::ingest) fn is_instead(rank: usize) -> bool {
    let names = NAMES.iter().find(|(column, _)| *column == Column::Text).map_or(&[][..], |(_, names)| names);
    names.iter().position(|name| *name == INSTEAD).is_some_and(|first| rank >= first)
}

/// A name without case, accents, and with one blank between its words: "publishedAt" and "Published-at" are
/// "published at".
pub(in crate::ingest) fn folded(name: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)).nfc().take(120) {
        let word = c.is_alphanumeric();
        if (!word || c.is_uppercase() && lower) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        if word {
            out.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_several_languages_are_known() {
        let check = |name: &str, expected: Option<Column>| {
            assert_eq!(told(name).map(|(column, _)| column), expected, "{name}");
        };
        check("Headline", Some(Column::Title));
        check("Überschrift", Some(Column::Title));
        check("TÍTULO", Some(Column::Title));
        check("publishedAt", Some(Column::Date));
        check("published_at", Some(Column::Date));
        check("Date de publication", Some(Column::Date));
        check("fecha", Some(Column::Date));
        check("article_text", Some(Column::Text));
        check("Body", Some(Column::Text));
        check("正文", Some(Column::Text));
        check("عنوان", Some(Column::Title));
        check("source.name", Some(Column::Source));
        check("outlet", Some(Column::Source));
        check("Web-Address", Some(Column::Url));
        check("media_name", Some(Column::Source));
        check("Pub name", Some(Column::Source));
        check("pubtitle", Some(Column::Source));
        check("event_id_cnty", Some(Column::Id));
        check("colour", None);
        check("", None);
    }

    #[test]
    fn every_name_is_as_it_is_compared() {
        for (_, names) in NAMES {
            for name in names {
                assert_eq!(folded(name), *name);
            }
        }
    }
}

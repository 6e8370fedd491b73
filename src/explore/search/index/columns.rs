//! What the index keeps of an article: its number, the folded words of each field, and what they are known by.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field as Column, INDEXED, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::super::page::texts;
use super::super::query::Field;
use super::super::words::Words;
use crate::model::Geoparsed;

/// The column with the article's number, that with what its words are known by, and how the tokenizer is called.
pub(in super::super) const NUMBER: &str = "number";
pub(super) const SUM: &str = "sum";
pub(super) const WORDS: &str = "words";

/// The columns of the index.
pub(super) struct Columns {
    pub schema: Schema,
    pub number: Column,
    sum: Column,
    fields: [Column; Field::ALL.len()],
}

impl Columns {
    pub fn new() -> Columns {
        let mut schema = SchemaBuilder::new();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = Field::ALL.map(|field| schema.add_text_field(field.name(), options.clone()));
        let number = schema.add_u64_field(NUMBER, FAST | INDEXED);
        let sum = schema.add_u64_field(SUM, FAST);
        Columns { schema: schema.build(), number, sum, fields }
    }

    /// An article that is lost keeps its number.
    pub fn document(&self, number: usize, geoparsed: Option<&Geoparsed>, sum: u64) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.number, number as u64);
        document.add_u64(self.sum, sum);
        for field in Field::ALL {
            if let Some(geoparsed) = geoparsed {
                texts(geoparsed, field, |text| document.add_text(self.fields[field as usize], text));
            }
        }
        document
    }
}

/// Folds texts as queries are.
#[derive(Clone)]
pub(super) struct Folding;

pub(super) struct Folded<'a> {
    words: Words<'a>,
    token: Token,
}

impl Tokenizer for Folding {
    type TokenStream<'a> = Folded<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Folded<'a> {
        Folded { words: Words::of(text), token: Token::default() }
    }
}

impl TokenStream for Folded<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.words.advance() else {
            return false;
        };
        std::mem::swap(&mut self.token.text, &mut self.words.word);
        (self.token.offset_from, self.token.offset_to) = (span.start, span.end);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

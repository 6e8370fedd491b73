//! Documents of word processors: Word's and OpenDocument's.
//! Both are archives of XML, and are read as a stream: nothing in them can nest too deep.

mod docx;
mod draft;
mod odt;
mod package;
pub(in crate::ingest) mod xml;

pub(super) use docx::article as docx;
pub(super) use draft::{Draft, Metadata, Role, day, finish, meaningful};
pub(super) use odt::article as odt;
pub(super) use package::{Package, resolved};
pub(super) use xml::{Element, Node, Xml};

/// What all formats of Word had until 2007, and what locked documents have still.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The parts of a document; the reason where it is in another format than its name says.
fn package(bytes: Vec<u8>) -> Result<Package, String> {
    if bytes.starts_with(COMPOUND) {
        return Err(
            "it is locked with a password, or in the format that Word had until 2007: saved again as .docx \
                    it can be read"
                .to_owned(),
        );
    }
    Package::open(bytes)
}

//! Articles as they also come: headlines in capitals, lines cut short, letters misread.
//! Every change keeps each byte's place, so that annotations stay where they are.

use super::super::learn::train::Dice;

/// What a scanner mistakes for what; letters of one byte each.
const MISREAD: [(u8, u8); 8] = [
    (b'e', b'c'),
    (b'l', b'1'),
    (b'o', b'0'),
    (b'i', b'l'),
    (b'h', b'b'),
    (b's', b'5'),
    (b'u', b'v'),
    (b'a', b'o'),
];

/// The text with some sentences in capitals or title case, some lines broken and some letters misread.
pub(super) fn roughen(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let scanned = dice.share() < 0.3;
    let mut from = 0;
    for end in 0..=bytes.len() {
        let ends = end == bytes.len() || matches!(bytes[end], b'.' | b'!' | b'?' | b'\n');
        if !ends {
            continue;
        }
        let share = dice.share();
        let sentence = &mut bytes[from..end];
        if share < 0.08 {
            sentence.make_ascii_uppercase();
        } else if share < 0.2 {
            let mut space = true;
            for byte in sentence.iter_mut() {
                if space {
                    byte.make_ascii_uppercase();
                }
                space = *byte == b' ';
            }
        }
        from = end + 1;
    }
    let mut column = 0;
    for byte in &mut bytes {
        column += 1;
        if *byte == b'\n' {
            column = 0;
        } else if scanned && *byte == b' ' && column > 60 {
            *byte = b'\n';
            column = 0;
        } else if scanned && dice.share() < 0.006 {
            let wrong = MISREAD.iter().find(|(right, _)| right == byte);
            *byte = wrong.map_or(*byte, |&(_, wrong)| wrong);
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

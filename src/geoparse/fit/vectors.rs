//! Makes the word vectors from a sentence encoder's files: the first principal components of the rows of
//! whole words in its table of word pieces (Mu and Viswanath 2018 on why the mean goes).
//! The table is read as safetensors: a length, a header in JSON, numbers in place.

use std::path::Path;

use super::super::learn::vectors::{Vectors, WIDTH, hash};

/// Times that the components are refined.
const TURNS: usize = 40;

/// The vectors of the encoder in a folder with `model.safetensors` and `vocab.txt`. An error says what is
/// wrong with which file.
pub(crate) fn read(folder: &Path) -> Result<Vectors, String> {
    let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let path = folder.join("model.safetensors");
    let bytes = std::fs::read(&path).map_err(|error| named(&path, &error))?;
    let (width, table) = table(&bytes).ok_or_else(|| named(&path, &"no table of word pieces"))?;
    let path = folder.join("vocab.txt");
    let words = std::fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
    let whole = |word: &str| word.chars().all(char::is_alphanumeric);
    let rows: Vec<(u32, Vec<f32>)> = words
        .lines()
        .zip(table.chunks_exact(width * 4))
        .filter(|(word, _)| whole(word))
        .map(|(word, row)| {
            let number = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
            (hash(word) as u32, row.chunks_exact(4).map(number).collect())
        })
        .collect();
    Ok(Vectors::new(reduce(rows, width)))
}

fn table(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let length = usize::try_from(u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?)).ok()?;
    let header: serde_json::Value = serde_json::from_slice(bytes.get(8..8 + length)?).ok()?;
    let entry = header.get("embeddings.word_embeddings.weight")?;
    let at = |i: usize| entry["data_offsets"][i].as_u64().and_then(|n| usize::try_from(n).ok());
    let width = usize::try_from(entry["shape"][1].as_u64()?).ok()?;
    Some((width, bytes.get(8 + length + at(0)?..8 + length + at(1)?)?))
}

/// The rows in fewer numbers: centred, turned into their principal components, scaled to unit variance over
/// all components together.
fn reduce(mut rows: Vec<(u32, Vec<f32>)>, width: usize) -> Vec<(u32, [f32; WIDTH])> {
    let count = rows.len().max(1) as f32;
    let mean: Vec<f32> =
        (0..width).map(|i| rows.iter().map(|(_, row)| row[i]).sum::<f32>() / count).collect();
    for (_, row) in &mut rows {
        row.iter_mut().zip(&mean).for_each(|(x, m)| *x -= m);
    }
    let mut spread = vec![0.0f32; width * width];
    for (_, row) in &rows {
        for (i, &x) in row.iter().enumerate() {
            spread[i * width..(i + 1) * width].iter_mut().zip(row).for_each(|(s, &y)| *s += x * y / count);
        }
    }
    let mut axes: Vec<Vec<f32>> =
        (0..WIDTH).map(|k| (0..width).map(|i| if i % WIDTH == k { 1.0 } else { 0.0 }).collect()).collect();
    for _ in 0..TURNS {
        for k in 0..WIDTH {
            let turned: Vec<f32> =
                (0..width).map(|i| dot(&spread[i * width..(i + 1) * width], &axes[k])).collect();
            axes[k] = turned;
            for before in 0..k {
                let (done, rest) = axes.split_at_mut(k);
                let share = dot(&done[before], &rest[0]);
                rest[0].iter_mut().zip(&done[before]).for_each(|(x, d)| *x -= share * d);
            }
            let length = dot(&axes[k], &axes[k]).sqrt().max(1e-12);
            axes[k].iter_mut().for_each(|x| *x /= length);
        }
    }
    let mut reduced: Vec<(u32, [f32; WIDTH])> =
        rows.iter().map(|(hash, row)| (*hash, std::array::from_fn(|k| dot(row, &axes[k])))).collect();
    let square: f32 = reduced.iter().flat_map(|(_, v)| v).map(|x| x * x).sum::<f32>();
    let scale = (square / (count * WIDTH as f32)).sqrt().max(1e-12);
    reduced.iter_mut().flat_map(|(_, v)| v).for_each(|x| *x /= scale);
    reduced
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

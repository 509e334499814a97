#!/usr/bin/python3
"""make-best-resources.py - with which of several resources of one name the real Heat goes on.

    nice /usr/bin/python3 scripts/make-best-resources.py

Writes fixtures/update/best-resources.json: cases [candidates, target, best],
a candidate being [action, status, replaced?, template], in the order in which
they were made; the present template is 2; `best` is the place of the one that
Stack._get_best_existing_rsrc_db chooses.

The real Heat must be installed; nothing of it is copied here.
"""
import json
import os
import random
from types import SimpleNamespace

from heat.engine import stack


def main():
    rng = random.Random(11)
    cases = []
    for _ in range(500):
        target = rng.choice([1, 3])
        rows = [
            [rng.choice(['CREATE', 'UPDATE', 'DELETE', 'CHECK']), rng.choice(['COMPLETE', 'COMPLETE', 'FAILED']),
             rng.random() < 0.4, rng.choice([1, 2])]
            for _ in range(rng.randrange(1, 5))
        ]
        found = {
            i: SimpleNamespace(id=i, name='a', action=a, status=s, replaced_by=7 if r else None, current_template_id=t,
                               updated_at=None, created_at=i)
            for i, (a, s, r, t) in enumerate(rows)
        }
        this = SimpleNamespace(ext_rsrcs_db=found, prev_raw_template_id=2, t=SimpleNamespace(id=target))
        best = stack.Stack._get_best_existing_rsrc_db(this, 'a')
        cases.append([rows, target, best.id])
    path = os.path.join(os.path.dirname(__file__), '..', 'fixtures', 'update', 'best-resources.json')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('[\n' + ',\n'.join(json.dumps(c) for c in cases) + '\n]\n')


main()

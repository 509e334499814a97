#!/usr/bin/python3
"""make-group-batches.py - how the real Heat updates groups in batches.

    nice /usr/bin/python3 scripts/make-group-batches.py

Writes fixtures/update/group-batches.json:

    batches    [kind, target, current, batch size, minimum in service,
               [[size, changes], ...]] of ResourceGroup._get_batches and
               InstanceGroup._get_batches
    members    [[[name, up to date?], ...], size, changes,
               [[name, new?], ...]] of heat.scaling.template.member_definitions
    durations  [text, seconds or null] of parse_isoduration

The real Heat must be installed; nothing of it is copied here.
"""
import itertools
import json
import os
import random

from heat.common import timeutils
from heat.engine.resources.openstack.heat import instance_group
from heat.engine.resources.openstack.heat import resource_group
from heat.scaling import template

KINDS = {
    'OS::Heat::ResourceGroup': resource_group.ResourceGroup,
    'OS::Heat::AutoScalingGroup': instance_group.InstanceGroup,
}
DURATIONS = [
    'PT0S', 'PT30S', 'PT1H', 'PT1H30M', 'PT2H3M4S', 'PT5M', 'PT90S', 'P1D', 'PT', 'PT1S1M', '30', '', 'pt1s',
    'PT1.5S', 'PT-1S', 'P0DT1S', 'PT1H1S', ' PT1S', 'PT1S ', 'PT1S\n',
]


def batches():
    rng = random.Random(5)
    cases = list(itertools.product(range(5), range(5), range(1, 4), range(4)))
    cases += [(rng.randrange(60), rng.randrange(60), rng.randrange(1, 25), rng.randrange(30)) for _ in range(300)]
    for (name, cls), (target, current, size, least) in itertools.product(KINDS.items(), cases):
        yield [name, target, current, size, least, [list(b) for b in cls._get_batches(target, current, size, least)]]


def members():
    rng = random.Random(7)
    for _ in range(400):
        old = [('m%d' % i, rng.choice(['old', 'new'])) for i in range(rng.randrange(7))]
        size = rng.randrange(1, 8)
        changes = rng.randrange(0, 8)
        names = ('n%d' % i for i in itertools.count())
        made = template.member_definitions(old, 'new', size, changes, lambda: next(names))
        yield [[[n, d == 'new'] for n, d in old], size, changes, [[n, d == 'new'] for n, d in made]]


def duration(text):
    try:
        return [text, timeutils.parse_isoduration(text)]
    except ValueError:
        return [text, None]


out = {'batches': list(batches()), 'members': list(members()), 'durations': [duration(d) for d in DURATIONS]}
path = os.path.join(os.path.dirname(__file__), '..', 'fixtures', 'update', 'group-batches.json')
with open(path, 'w', encoding='utf-8') as f:
    rows = [json.dumps(k) + ': [\n' + ',\n'.join(json.dumps(r) for r in v) + '\n]' for k, v in out.items()]
    f.write('{' + ',\n'.join(rows) + '}\n')

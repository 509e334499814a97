#!/usr/bin/python3
"""make-update-pairs.py - pairs of templates with the real Heat's answers.

    nice /usr/bin/python3 scripts/make-update-pairs.py [--seed N] [--count N] [--only corpus|types|handmade]

Writes fixtures/update/{corpus,types,handmade}.jsonl.gz, a line a pair:

    {id, old, new, files?, env?, params?, parameters: {old, new}, preview, graph?}

`old` and `new` are texts of templates. `corpus`: templates of the conformance
corpus (../shared/conformance), changed at random from a seed; `types`: each
property of each resource type, changed; `handmade`: handmade.yaml beside them.
`parameters` are values that were made up for parameters without any.
`preview` is what Heat's StackUpdate.preview() says ({added, deleted, replaced,
updated, unchanged}, or {error: class}), `graph` the graph of its convergence
engine, of a new stack that was not validated (see ../shared/oracle/
heat_oracle.py): {names, nodes, edges}, a node being twice the place of its name
and one more for an update. Templates that Heat refuses are left out.

The real Heat must be installed; nothing of it is copied here.
"""
import argparse
import copy
import functools
import gzip
import json
import os
import random
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, '..', '..', 'shared')
ORACLE = os.path.join(SHARED, 'oracle')
if os.environ.get('PYTHONHASHSEED') != '0':
    os.environ['PYTHONHASHSEED'] = '0'
    os.execv(sys.executable, [sys.executable] + sys.argv)
sys.path.insert(0, ORACLE)
import heat_oracle as oracle    # noqa: E402
import heat_preview             # noqa: E402

OUT = os.path.join(HERE, '..', 'fixtures', 'update')
LARGEST = 40                    # resources; Heat's graph takes cubic time
LONGEST = 24000                 # characters of a template
CONDITIONS_SINCE = '2018-08-31'


# -- changes ------------------------------------------------------------------

def names(template):
    return list(template['resources'])


def references(value, found):
    """Names of resources that a value refers to."""
    if isinstance(value, dict):
        if len(value) == 1:
            (key, args), = value.items()
            if key in ('get_resource', 'Ref') and isinstance(args, str):
                found.add(args)
            if key in ('get_attr', 'Fn::GetAtt') and isinstance(args, list):
                if args and isinstance(args[0], str):
                    found.add(args[0])
        for item in value.values():
            references(item, found)
    elif isinstance(value, list):
        for item in value:
            references(item, found)
    return found


def dependencies(definition):
    found = references([definition.get('properties'),
                        definition.get('metadata')], set())
    depends = definition.get('depends_on') or []
    return found | set([depends] if isinstance(depends, str) else depends)


def referred(template):
    found = references(template.get('outputs'), set())
    for definition in template['resources'].values():
        found |= dependencies(definition)
    return found


def replace_name(value, old, new):
    if isinstance(value, dict):
        if len(value) == 1:
            (key, args), = value.items()
            if key == 'get_resource' and args == old:
                return {key: new}
            if key == 'get_attr' and isinstance(args, list) and args[:1] == [old]:
                return {key: [new] + [replace_name(a, old, new) for a in args[1:]]}
        return {k: [new if d == old else d for d in v]
                if k == 'depends_on' and isinstance(v, list)
                else new if k == 'depends_on' and v == old
                else replace_name(v, old, new) for k, v in value.items()}
    if isinstance(value, list):
        return [replace_name(item, old, new) for item in value]
    return value


def leaves(value, path, found):
    if isinstance(value, dict) and value:
        for key, item in value.items():
            leaves(item, path + [key], found)
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            leaves(item, path + [index], found)
    else:
        found.append(path)
    return found


def changed(value, pick):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + pick.choice([1, 2, 10])
    if isinstance(value, float):
        return value + 0.5
    if isinstance(value, str):
        return pick.choice([value + '-changed', '', 'other', 7])
    if value is None:
        return pick.choice(['now', 0, False])
    return pick.choice([{'a': 1}, [1], None])


def with_properties(template):
    return [n for n in names(template)
            if isinstance(template['resources'][n].get('properties'), dict)
            and template['resources'][n]['properties']]


def change_value(template, pick):
    name = pick.choice(with_properties(template))
    properties = template['resources'][name]['properties']
    path = pick.choice(leaves(properties, [], []))
    spot = properties
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = changed(spot[path[-1]], pick)


def drop_property(template, pick):
    name = pick.choice(with_properties(template))
    properties = template['resources'][name]['properties']
    del properties[pick.choice(list(properties))]


def replace_property(template, pick):
    """A whole property for a literal: a call for what it may have given."""
    name = pick.choice(with_properties(template))
    properties = template['resources'][name]['properties']
    properties[pick.choice(list(properties))] = pick.choice(
        ['literal', 3, True, ['x'], {'k': 'v'}])


def remove_resource(template, pick):
    used = referred(template)
    free = [n for n in names(template) if n not in used]
    name = pick.choice(free or names(template))
    del template['resources'][name]
    if name in used:
        other = [n for n in names(template)]
        target = pick.choice(other)
        template.update(replace_name(template, name, target))


def add_resource(template, pick):
    name = pick.choice(names(template))
    new = name + pick.choice(['_copy', '2', ' more'])
    template['resources'][new] = copy.deepcopy(template['resources'][name])
    if pick.random() < 0.4:
        user = pick.choice(names(template))
        if user != new and not reaches(template, new, user):
            add_depends(template, user, new)


def rename_resource(template, pick):
    name = pick.choice(names(template))
    new = name + '_renamed'
    renamed = {new if k == name else k: v
               for k, v in template['resources'].items()}
    template['resources'] = renamed
    template.update(replace_name(template, name, new))


def retype_resource(template, pick):
    name = pick.choice(names(template))
    template['resources'][name]['type'] = pick.choice(
        ['OS::Heat::None', 'OS::Heat::RandomString', 'OS::Heat::TestResource',
         'OS::Heat::Value',
         template['resources'][pick.choice(names(template))]['type']])
    if pick.random() < 0.5:
        template['resources'][name].pop('properties', None)


def reaches(template, start, goal):
    seen, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name == goal:
            return True
        if name not in seen and name in template['resources']:
            seen.add(name)
            todo += dependencies(template['resources'][name])
    return False


def add_depends(template, requirer, required):
    definition = template['resources'][requirer]
    depends = definition.get('depends_on') or []
    depends = [depends] if isinstance(depends, str) else list(depends)
    definition['depends_on'] = depends + [required]


def change_depends(template, pick):
    having = [n for n in names(template)
              if template['resources'][n].get('depends_on')]
    if having and pick.random() < 0.4:
        name = pick.choice(having)
        depends = template['resources'][name].pop('depends_on')
        if isinstance(depends, list) and len(depends) > 1:
            if pick.random() < 0.5:
                depends = depends[::-1]
            else:
                depends = depends[1:]
            template['resources'][name]['depends_on'] = depends
        return
    for _ in range(10):
        requirer, required = pick.choice(names(template)), pick.choice(names(template))
        if not reaches(template, required, requirer):
            add_depends(template, requirer, required)
            return


def change_parameter(template, pick):
    parameters = template.get('parameters') or {}
    name = pick.choice([n for n, p in parameters.items()
                        if isinstance(p, dict) and 'default' in p])
    parameters[name]['default'] = changed(parameters[name]['default'], pick)


def change_other(template, pick):
    definition = template['resources'][pick.choice(names(template))]
    what = pick.choice(['metadata', 'deletion_policy', 'description',
                        'update_policy'])
    definition[what] = {'metadata': {'changed': pick.choice([1, 'x', True])},
                        'deletion_policy': pick.choice(['Retain', 'Delete']),
                        'description': 'changed',
                        'update_policy': {}}[what]


def swap_target(template, pick):
    used = sorted(n for n in referred(template) if n in template['resources'])
    old = pick.choice(used)
    same = [n for n in names(template) if n != old and
            template['resources'][n]['type'] == template['resources'][old]['type']]
    users = [n for n in names(template)
             if old in dependencies(template['resources'][n])]
    new, user = pick.choice(same), pick.choice(users)
    if not reaches(template, new, user):
        template['resources'][user] = replace_name(
            template['resources'][user], old, new)


def conditional(template, pick):
    """Some resources come to hang on a condition, true as yet."""
    template['heat_template_version'] = CONDITIONS_SINCE
    template.setdefault('parameters', {})['flip'] = {
        'type': 'boolean', 'default': pick.choice([True, False])}
    on = template['parameters']['flip']['default']
    template.setdefault('conditions', {}).update({
        'is_on': {'equals': [{'get_param': 'flip'}, on]},
        'is_off': {'not': 'is_on'}})
    used = referred(template)
    for name in names(template):
        if name not in used and pick.random() < 0.5:
            template['resources'][name]['condition'] = pick.choice(
                ['is_on', 'is_off', {'not': 'is_off'}])
    for name in with_properties(template):
        if pick.random() < 0.3:
            properties = template['resources'][name]['properties']
            key = pick.choice(list(properties))
            arms = ['is_on', properties[key], 'otherwise']
            properties[key] = {'if': arms[:2] if pick.random() < 0.2 and
                               template['heat_template_version'] >= '2021' else arms}


def flip_condition(template, pick):
    template['parameters']['flip']['default'] = \
        not template['parameters']['flip']['default']


CHANGES = [change_value, change_value, change_value, drop_property,
           replace_property, remove_resource, add_resource, rename_resource,
           retype_resource, change_depends, change_parameter, change_other,
           swap_target]


def mutate(template, pick):
    """(id of the change, old, new)."""
    old = copy.deepcopy(template)
    if pick.random() < 0.15:
        conditional(old, pick)
        new = copy.deepcopy(old)
        flip_condition(new, pick)
        done = ['flip_condition']
        count = pick.choice([0, 0, 1])
    else:
        new, done = copy.deepcopy(old), []
        count = pick.choice([0] + [1] * 12 + [2] * 4 + [3, 4])
    for _ in range(count):
        change = pick.choice(CHANGES)
        try:
            change(new, pick)
            done.append(change.__name__)
        except (IndexError, KeyError, TypeError, AttributeError):
            pass
    return '+'.join(done) or 'same', old, new


# -- where templates come from ------------------------------------------------

def corpus_templates():
    folder = os.path.join(SHARED, 'conformance', 'corpus')
    with gzip.open(os.path.join(folder, 'expected.jsonl.gz'), 'rt') as lines:
        for line in lines:
            case = json.loads(line)
            expected = case['expected']
            if 'error' in expected or case.get('env'):
                continue
            with open(os.path.join(folder, case['path'])) as source:
                text = source.read()
            if 'get_file' in text or '::stack_id' in text or '::StackId' in text:
                # The preview script gives the new stack no id, and so another.
                continue
            template = oracle.template_format.parse(text)
            resources = template.get('resources')
            if ('heat_template_version' not in template or not resources or
                    not all(isinstance(r, dict) for r in resources.values())):
                continue
            types = [str(r.get('type')) for r in resources.values()]
            if any(t.endswith(('.yaml', '.template')) for t in types):
                continue
            text = json.dumps(template, default=str)
            if len(resources) <= LARGEST and len(text) <= LONGEST:
                yield case['path'], json.loads(text)


SAMPLES = {'String': ('a', 'b'), 'Integer': (1, 2), 'Number': (1.5, 2.5),
           'Boolean': (True, False), 'List': (['a'], ['a', 'b']),
           'Map': ({'k': 'a'}, {'k': 'b'}), 'Any': ('a', {'b': 1})}


def samples(schema):
    """Two values of a property, of the shape that its schema wants."""
    for constraint in schema.constraints:
        allowed = getattr(constraint, 'allowed', None)
        if allowed and not callable(allowed) and len(allowed) > 1:
            two = list(allowed)[:2]
            return ([two[:1], two] if schema.type == 'List' else two)
    if schema.type == 'Map' and schema.schema:
        before, after = {}, {}
        for key, inner in list(schema.schema.items())[:4]:
            before[key], after[key] = samples(inner)
        return before, after
    if schema.type == 'List' and schema.schema:
        before, after = samples(schema.schema[0] if 0 in schema.schema
                                else list(schema.schema.values())[0])
        return [before], [before, after]
    return SAMPLES[schema.type]


def type_pairs():
    """For each resource type: a resource for each property, which changes."""
    from heat.engine import properties
    from heat.engine import resources as engine_resources
    registry = engine_resources.global_env().registry
    for name in sorted(n for n in registry._registry if '::' in n and '*' not in n):
        try:
            schemata = properties.schemata(
                registry.get_class(name).properties_schema)
        except Exception:
            continue
        base = {k: samples(s)[0] for k, s in schemata.items()
                if s.required and s.implemented}
        old, new = {}, {}
        for key, schema in schemata.items():
            if not schema.implemented:
                continue
            before, after = samples(schema)
            old['set ' + key] = {'type': name, 'properties': dict(base, **{key: before})}
            new['set ' + key] = {'type': name, 'properties': dict(base, **{key: after})}
            if schema.immutable:
                # It refuses the whole: alone.
                yield ('type/%s/immutable/%s' % (name, key),
                       {'r': old.pop('set ' + key)}, {'r': new.pop('set ' + key)})
            elif not schema.required:
                old['add ' + key] = {'type': name, 'properties': dict(base)}
                new['add ' + key] = {'type': name, 'properties': dict(base, **{key: before})}
        old['same'] = new['same'] = {'type': name, 'properties': base}
        old['metadata'] = {'type': name, 'properties': base, 'metadata': {'a': 1}}
        new['metadata'] = {'type': name, 'properties': base, 'metadata': {'a': 2}}
        old['described'] = {'type': name, 'properties': base, 'description': 'one'}
        new['described'] = {'type': name, 'properties': base, 'description': 'two'}
        yield 'type/' + name, old, new
        if base:
            # What is required is missing on both sides: Heat may stumble.
            yield 'type/%s/bare' % name, *[{'bare': {'type': name}}] * 2


def handmade_pairs():
    import yaml
    with open(os.path.join(OUT, 'handmade.yaml')) as source:
        for name, pair in yaml.safe_load(source).items():
            yield 'handmade/' + name, pair


# -- asking Heat --------------------------------------------------------------

def options(**overrides):
    opts = oracle.argument_parser().parse_args(['x'])
    opts.params = {}
    opts.no_validate = opts.no_resolve = opts.no_nested = True
    for key, value in overrides.items():
        setattr(opts, key, value)
    return opts


def write(folder, pair):
    for name, text in [('old.yaml', pair['old']), ('new.yaml', pair['new'])] + \
            list((pair.get('files') or {}).items()):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as out:
            out.write(text)
    if pair.get('env'):
        with open(os.path.join(folder, 'env.yaml'), 'w') as out:
            out.write(pair['env'])


def ask(pair, want_graph):
    folder = tempfile.mkdtemp()
    try:
        write(folder, pair)
        old, new = (os.path.join(folder, n) for n in ('old.yaml', 'new.yaml'))
        env = [os.path.join(folder, 'env.yaml')] if pair.get('env') else []
        opts = options(env=env, old=old, action='update', params=pair.get('params') or {})
        exam = oracle.Examination(new, opts)
        makers = {'old': exam.load(old), 'new': exam.load(new)}
        parameters = {k: exam.missing_parameters(m()) for k, m in makers.items()}
        result = {'parameters': parameters, 'preview': heat_preview.preview(old, new, opts)}
        if want_graph:
            empty_database()
            result['graph'] = oracle.do_convergence(
                exam, functools.partial(makers['new'], parameters['new']), opts)
        return result
    except oracle.Refused as refused:
        return {'refused': refused.error}
    finally:
        shutil.rmtree(folder)


def empty_database():
    """Forget the stack that the preview made."""
    from heat.db.sqlalchemy import api as db_api
    from heat.db.sqlalchemy import models
    models.BASE.metadata.drop_all(db_api.get_engine())
    models.BASE.metadata.create_all(db_api.get_engine())


def forked(pair, want_graph):
    """ask() in a child: pairs do not influence each other."""
    sys.stdout.flush()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            with os.fdopen(writer, 'w') as out:
                json.dump(ask(pair, want_graph), out)
        except BaseException as problem:
            sys.stderr.write('%s: %r\n' % (pair['id'], problem))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as source:
        text = source.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else {'refused': 'crash'}


def compact(pair, answer):
    """What goes into the fixture; None for what Heat refuses."""
    if 'refused' in answer:
        return None
    line = {k: v for k, v in pair.items() if v}
    line['parameters'] = answer['parameters']
    preview = answer['preview']
    if 'error' in preview:
        error = preview['error']
        if error['stage'] != 'preview':
            return None
        line['preview'] = {'error': error['type']}
    else:
        line['preview'] = preview['preview']
    graph = answer.get('graph')
    if graph is not None:
        if 'error' in graph:
            return None
        edges = graph.get('edges_without_validation', graph['edges'])
        # Nodes as one number each: 2 * place of the name + is_update.
        table = sorted({n for n, _ in graph['nodes']})
        number = {n: i for i, n in enumerate(table)}
        code = lambda node: 2 * number[node[0]] + node[1]     # noqa: E731
        line['graph'] = {'names': table, 'nodes': sorted(map(code, graph['nodes'])),
                         'edges': sorted([code(a), code(b)] for a, b in edges)}
    return line


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=20261122)
    parser.add_argument('--count', type=int, default=560)
    parser.add_argument('--only', choices=['corpus', 'types', 'handmade'])
    args = parser.parse_args()
    oracle.isolate()
    oracle.apply_fixes()
    oracle.initialise()

    def write_all(name, pairs):
        kept = 0
        with open(os.path.join(OUT, name), 'wb') as raw:
            with gzip.GzipFile(fileobj=raw, mode='wb', compresslevel=9, mtime=0) as out:
                for pair, want_graph in pairs:
                    line = compact(pair, forked(pair, want_graph))
                    if line is None:
                        continue
                    kept += 1
                    out.write((json.dumps(line, separators=(',', ':')) + '\n').encode())
                    if name == 'corpus.jsonl.gz' and kept >= args.count:
                        break
        print(name, kept)

    def corpus():
        pick = random.Random(args.seed)
        templates = list(corpus_templates())
        while True:
            path, template = pick.choice(templates)
            try:
                what, old, new = mutate(template, pick)
            except (IndexError, KeyError, TypeError, AttributeError):
                continue
            yield {'id': '%s: %s' % (path, what), 'old': json.dumps(old),
                   'new': json.dumps(new)}, True

    def types():
        for name, old, new in type_pairs():
            texts = [json.dumps({'heat_template_version': CONDITIONS_SINCE,
                                 'resources': r}) for r in (old, new)]
            yield {'id': name, 'old': texts[0], 'new': texts[1]}, False

    def handmade():
        for name, pair in handmade_pairs():
            yield dict(pair, id=name), True

    for name, pairs in (('handmade', handmade), ('types', types), ('corpus', corpus)):
        if args.only in (None, name):
            write_all(name + '.jsonl.gz', pairs())


if __name__ == '__main__':
    main()

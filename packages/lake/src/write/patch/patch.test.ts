import {describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {Refusal} from '../transaction/refusal.ts'
import {parsePatch} from './patch.ts'

const patched = (doc: JsonObject, body: JsonObject) => parsePatch(body)(doc)

const friends: JsonObject = {
  name: 'fred',
  friends: [
    {_key: 'a', name: 'mork', age: 40, color: 'red'},
    {_key: 'b', name: 'mindy', age: 32, color: 'blue'},
    {_key: 'c', name: 'franklin', color: 'yellow'},
  ],
}

describe('paths select', () => {
  it.each([
    ['friends[*].name', ['mork', 'mindy', 'franklin']],
    ['friends[age > 35].name', ['mork']],
    ['friends[age > 35, color == "blue"].name', ['mork', 'mindy']],
    ['friends[age?].name', ['mork', 'mindy']],
    ['friends[0, 1].name', ['mork', 'mindy']],
    ['friends[1:].name', ['mindy', 'franklin']],
    ['friends[0, 2:3].name', ['mork', 'franklin']],
    ['friends[-1].name', ['franklin']],
    ['friends[:-1].name', ['mork', 'mindy']],
    ["friends[_key=='b']['name']", ['mindy']],
    ['..name', ['fred', 'mork', 'mindy', 'franklin']],
    ['friends..name', ['mork', 'mindy', 'franklin']],
    ['friends[*][name, color]', ['mork', 'red', 'mindy', 'blue', 'franklin', 'yellow']],
    [' friends [ * ] . name ', ['mork', 'mindy', 'franklin']],
  ])('%s', (path, selected) => {
    const left = JSON.stringify(patched(friends, {unset: [path]}))
    const all = ['fred', 'mork', 'mindy', 'franklin', 'red', 'blue', 'yellow']
    expect(all.filter((text) => !left.includes(`"${text}"`)).toSorted()).toEqual(
      selected.toSorted(),
    )
  })

  it('names and strings with escapes', () => {
    const doc = {'it\'s "x"': 1, list: [{_key: 'a"b\n', n: 1}]}
    expect(patched(doc, {inc: {"['it\\'s \"x\"']": 1, 'list[_key=="a\\"b\\n"].n': 1}})).toEqual({
      'it\'s "x"': 2,
      list: [{_key: 'a"b\n', n: 2}],
    })
  })
})

describe('malformed paths are rejected', () => {
  it.each([
    '',
    'a.',
    'a[',
    'a[0',
    'a[]',
    'a[1.5]',
    'a b',
    '.a',
    'a[x ==]',
    'a[@]',
    'a..',
    '__proto__',
    "a['__proto__']",
    'a["x"]',
    'a[0:1:2]',
  ])('%j', (path) => expect(() => parsePatch({unset: [path]})).toThrow(Refusal))

  it('with the place of the mistake', () => {
    expect(() => parsePatch({set: {'a[0': 1}})).toThrow(
      'Cannot read the path "a[0": expected "," or "]" at position 3',
    )
  })

  it.each([
    ['[a, b]'.repeat(40), '1000 paths'],
    ['['.repeat(1000), '20 unions'],
    ['a.'.repeat(5000), '4096 characters'],
  ])('when they would take too long', (path, limit) => {
    expect(() => parsePatch({unset: [path]})).toThrow(`no more than ${limit}`)
  })
})

describe('set', () => {
  it('makes the objects on the way, in place of scalars too', () => {
    expect(patched({b: 'text'}, {set: {'a.x.y': 1, 'b.c': 2}})).toEqual({a: {x: {y: 1}}, b: {c: 2}})
  })

  it('appends just past the end and nowhere else', () => {
    expect(patched({a: [1]}, {set: {'a[1]': 2}})).toEqual({a: [1, 2]})
    expect(patched({a: [1]}, {set: {'a[2]': 2}})).toEqual({a: [1]})
  })

  it('does nothing where a filter finds nothing', () => {
    expect(patched({a: [{_key: 'x'}]}, {set: {'a[_key=="y"].b': 1}})).toEqual({a: [{_key: 'x'}]})
  })

  it('leaves the document it was given as it was, and shares what did not change', () => {
    const doc = {a: {b: 1}, c: {d: 1}}
    const next = patched(doc, {set: {'a.b': 2}})
    expect(doc).toEqual({a: {b: 1}, c: {d: 1}})
    expect(next['c']).toBe(doc.c)
  })
})

it('setIfMissing keeps null, and every array element', () => {
  expect(patched({a: null, b: [0]}, {setIfMissing: {a: 1, 'b[0]': 1, 'b[1]': 1, c: 1}})).toEqual({
    a: null,
    b: [0],
    c: 1,
  })
})

it('unset ignores what is missing', () => {
  const doc = {a: 1}
  expect(patched(doc, {unset: ['_empty_action_guard_pseudo_field_', 'x.y[3]']})).toBe(doc)
})

it('inc and dec change numbers only', () => {
  expect(patched({a: 1, b: '1'}, {inc: {a: 2, b: 2, c: 2}, dec: {a: 0.5}})).toEqual({
    a: 2.5,
    b: '1',
  })
})

it('diffMatchPatch patches strings, in arrays too', () => {
  const text = '@@ -1,5 +1,5 @@\n-colou\n+color\n r\n'
  expect(patched({a: ['colour', 1], b: 2}, {diffMatchPatch: {'a[0]': text, b: text}})).toEqual({
    a: ['colorr', 1],
    b: 2,
  })
})

describe('insert', () => {
  it.each([
    [{after: 'a[-1]', items: [9]}, [1, 2, 3, 9]],
    [{before: 'a[0]', items: [8, 9]}, [8, 9, 1, 2, 3]],
    [{before: 'a[-1]', items: [9]}, [1, 2, 9, 3]],
    [{after: 'a[0]', items: [9]}, [1, 9, 2, 3]],
    [{replace: 'a[1]', items: [8, 9]}, [1, 8, 9, 3]],
    [{replace: 'a[0:2]', items: [9]}, [9, 3]],
    [{replace: 'a[0, 2]', items: [9]}, [9, 2]],
    [{after: 'a[@ < 3]', items: [9]}, [1, 2, 9, 3]],
    [{after: 'a[1, 0]', items: [9]}, [1, 2, 9, 3]],
    [{after: 'a[@ > 9]', items: [9]}, [1, 2, 3]],
    [{replace: 'a[7]', items: [9]}, [1, 2, 3, 9]],
    [{after: 'a', items: [9]}, [1, 2, 3]],
  ])('%j', (insert, a) => {
    expect(patched({a: [1, 2, 3]}, {insert})).toEqual({a})
  })

  it('finds keyed elements, and places in an empty array', () => {
    const doc = {a: [{_key: 'x'}, {_key: 'y'}], b: []}
    expect(patched(doc, {insert: {before: 'a[_key=="y"]', items: [1]}})['a']).toEqual([
      {_key: 'x'},
      1,
      {_key: 'y'},
    ])
    expect(patched(doc, {insert: {after: 'b[-1]', items: [1]}})['b']).toEqual([1])
    expect(patched(doc, {insert: {before: 'b[0]', items: [1]}})['b']).toEqual([1])
    expect(patched(doc, {insert: {after: 'missing[-1]', items: [1]}})).toEqual(doc)
  })
})

it('does the operations of one patch in the order of @sanity/mutator', () => {
  expect(
    patched(
      {},
      {
        insert: {after: 'list[-1]', items: ['last']},
        dec: {n: 1},
        inc: {n: 10},
        unset: ['gone'],
        set: {n: 5, gone: 1},
        setIfMissing: {list: [], n: 1},
      },
    ),
  ).toEqual({list: ['last'], n: 14})
})

describe('differs from @sanity/mutator', () => {
  it('1: finds .. anywhere in a path, any number of times', () => {
    expect(patched({a: {x: {c: 1}}, b: {c: 1}}, {unset: ['a..c']})).toEqual({a: {x: {}}, b: {c: 1}})
    expect(patched({a: [{b: {x: {c: 1}}}]}, {unset: ['..b..c']})).toEqual({a: [{b: {x: {}}}]})
  })

  it('2: changes a value once, however often a path selects it', () => {
    expect(patched({a: [1], c: {a: {b: 1}}}, {inc: {'a[0, 0, -1]': 1, '..a.b': 1}})).toEqual({
      a: [2],
      c: {a: {b: 2}},
    })
  })

  it('3: makes no object where an index or a filter finds no array', () => {
    expect(patched({}, {set: {'a[0]': 1, 'b[_key=="x"].c': 1, 'd..e': 1}})).toEqual({})
  })

  it('4: a slice ends where it says, and selects what is there', () => {
    expect(patched({a: [1, 2]}, {unset: ['a[0:0]']})).toEqual({a: [1, 2]})
    expect(patched({a: [1]}, {set: {'a[0:3]': 2}})).toEqual({a: [2]})
  })

  it('5: inserts right after the last selected element', () => {
    expect(patched({a: [1, 2, 3]}, {insert: {after: 'a[0:2]', items: [9]}})).toEqual({
      a: [1, 2, 9, 3],
    })
  })

  it('6: a filter on a value that is not an array selects the value', () => {
    expect(patched({a: {n: 1}, b: 1}, {unset: ['a[n == 1]'], inc: {'b[@ == 1]': 1}})).toEqual({
      b: 2,
    })
  })

  it('7: compares numbers with numbers and strings with strings; finds objects', () => {
    expect(patched({a: [null, true, 'x', 1]}, {unset: ['a[@ < 2]']})).toEqual({
      a: [null, true, 'x'],
    })
    expect(patched({a: [{image: {}}, {}]}, {unset: ['a[image?]']})).toEqual({a: [{}]})
  })

  it('8: setIfMissing sets every name of a union', () => {
    expect(patched({}, {setIfMissing: {'[a, b]': 1}})).toEqual({a: 1, b: 1})
  })

  it('9: diffMatchPatch passes over what is missing', () => {
    expect(patched({}, {diffMatchPatch: {a: '@@ -0,0 +1 @@\n+x\n'}})).toEqual({})
  })

  it('10: knows [*] and null', () => {
    expect(patched({a: [1, null]}, {unset: ['a[@ == null]']})).toEqual({a: [1]})
    expect(patched({a: [1, null]}, {unset: ['a[*]']})).toEqual({a: []})
  })

  it('11: an index below the first is before the first', () => {
    expect(patched({a: [1, 2, 3]}, {insert: {before: 'a[-4]', items: [9]}})).toEqual({
      a: [9, 1, 2, 3],
    })
  })
})

describe('rejects', () => {
  it.each([
    [{foo: {}}, 'Unknown patch operation "foo"'],
    [{set: []}, 'set needs an object'],
    [{unset: 'a'}, 'unset needs an array of paths'],
    [{unset: [1]}, 'unset needs an array of paths'],
    [{inc: {a: '1'}}, 'inc of "a" needs a number'],
    [{dec: {a: null}}, 'dec of "a" needs a number'],
    [{diffMatchPatch: {a: 1}}, 'diffMatchPatch of "a" needs a string'],
    [{diffMatchPatch: {a: '@@ nonsense'}}, 'diffMatchPatch of "a" needs a patch in unidiff form'],
    [{insert: {items: []}}, 'insert needs one of'],
    [{insert: {after: 'a[0]'}}, 'needs an array of items'],
    [{insert: {after: 1, items: []}}, 'needs a path'],
  ])('%j', (body, message) => {
    expect(() => parsePatch(body)).toThrow(message)
  })
})

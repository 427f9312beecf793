import fc from 'fast-check'
import { at, clip, flag, has, list, oneOf, text, whole } from '../../src/core/outside.ts'

const VALUE: unknown = JSON.parse(
  '{"a": {"b": "x", "n": 3, "half": 1.5, "big": 9007199254740993, "yes": true, "no": "true", "none": null, "empty": {}, "list": [1, 2]}}',
)

test.each([
  { name: 'a path that is there', found: at(VALUE, 'a', 'b'), expected: 'x' },
  { name: 'no path', found: at(VALUE), expected: VALUE },
  { name: 'a path that is not there', found: at(VALUE, 'a', 'c', 'd'), expected: undefined },
  { name: 'a path through text', found: at(VALUE, 'a', 'b', 'length'), expected: undefined },
  { name: 'a path through null', found: at(VALUE, 'a', 'none', 'x'), expected: undefined },
  { name: 'T-134 an inherited name', found: at(VALUE, 'constructor'), expected: undefined },
  { name: 'an empty object is something', found: has(VALUE, 'a', 'empty'), expected: true },
  { name: 'null is nothing', found: has(VALUE, 'a', 'none'), expected: false },
  { name: 'text', found: text(VALUE, 'a', 'b'), expected: 'x' },
  { name: 'text where a number stands', found: text(VALUE, 'a', 'n'), expected: '' },
  { name: 'a whole number', found: whole(VALUE, 'a', 'n'), expected: 3 },
  { name: 'half a number', found: whole(VALUE, 'a', 'half'), expected: undefined },
  { name: 'T-140 a number beyond 2^53', found: whole(VALUE, 'a', 'big'), expected: undefined },
  { name: 'true', found: flag(VALUE, 'a', 'yes'), expected: true },
  { name: 'the word true', found: flag(VALUE, 'a', 'no'), expected: false },
  { name: 'a list', found: list(VALUE, 'a', 'list'), expected: [1, 2] },
  { name: 'a list where an object stands', found: list(VALUE, 'a'), expected: [] },
  { name: 'a known word', found: oneOf(['a', 'b'], 'b'), expected: 'b' },
  { name: 'an unknown word', found: oneOf(['a', 'b'], 'c'), expected: undefined },
])('$name', ({ found, expected }) => {
  expect(found).toEqual(expected)
})

test.each([
  { name: 'short enough', limit: 4, clipped: 'a😀b' },
  { name: 'behind a character', limit: 3, clipped: 'a😀' },
  { name: 'in the midst of a character', limit: 2, clipped: 'a' },
  { name: 'before it', limit: 1, clipped: 'a' },
  { name: 'to nothing', limit: 0, clipped: '' },
])('T-82 clipped $name', ({ limit, clipped }) => {
  expect(clip('a😀b', limit)).toBe(clipped)
})

test('F-18 any value under any path is read without an exception', () => {
  fc.assert(
    fc.property(fc.anything(), fc.array(fc.string(), { maxLength: 4 }), (value, path) => {
      expect(typeof text(value, ...path)).toBe('string')
      expect(Array.isArray(list(value, ...path))).toBe(true)
      expect(typeof has(value, ...path)).toBe('boolean')
    }),
    { numRuns: 500 },
  )
})

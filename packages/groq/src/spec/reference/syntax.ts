/** All syntax and operators, with their meaning, for docs/groq.md. */
import type {ExprNode, OpCall} from 'groq-js'

/** What every node of a syntax tree is written as and means. The types keep the lists complete. */
export interface SyntaxEntry {
  readonly syntax: string
  readonly meaning: string
}

type NodeType = Exclude<ExprNode['type'], 'FuncCall' | 'OpCall' | 'PipeFuncCall'>

export const nodes: Readonly<Record<NodeType, SyntaxEntry>> = {
  Value: {syntax: '1.5, "text", true, null', meaning: 'A literal'},
  Array: {syntax: '[a, ...b]', meaning: 'An array, with others spread into it'},
  Object: {syntax: '{"a": b, c, ..., x => {…}}', meaning: 'An object; parts may have conditions'},
  Parameter: {syntax: '$name', meaning: 'A parameter; a query that lacks one is refused'},
  Everything: {syntax: '*', meaning: 'All documents that the perspective shows, by `_id`'},
  This: {syntax: '@', meaning: 'The value of the scope'},
  Parent: {syntax: '^, ^.^', meaning: 'The value of an enclosing scope'},
  Context: {syntax: 'before(), after()', meaning: 'Delta mode: the document before and after'},
  AccessAttribute: {syntax: 'a.b, a["b"]', meaning: 'An attribute; null when missing'},
  AccessElement: {syntax: 'a[0], a[-1]', meaning: 'An element, counted from either end'},
  Slice: {syntax: 'a[0...10], a[0..9]', meaning: 'Elements from one position to another'},
  Filter: {syntax: 'a[condition]', meaning: 'The elements for which the condition is true'},
  ArrayCoerce: {syntax: 'a[]', meaning: 'The array, or null'},
  Deref: {syntax: 'a->', meaning: 'The document referred to, as the perspective shows it'},
  Projection: {syntax: 'a{…}', meaning: 'An object made of another'},
  Map: {syntax: 'a[].b', meaning: 'What follows, for each element'},
  FlatMap: {syntax: 'a[].b[]', meaning: 'The same, with arrays among the results opened'},
  Group: {syntax: '(a)', meaning: 'What is evaluated first'},
  And: {syntax: 'a && b', meaning: 'Both; null where one is unknown and none is false'},
  Or: {syntax: 'a || b', meaning: 'Either; null where one is unknown and none is true'},
  Not: {syntax: '!a', meaning: 'The opposite of a boolean'},
  Neg: {syntax: '-a', meaning: 'The number with the other sign'},
  Pos: {syntax: '+a', meaning: 'The number'},
  InRange: {syntax: 'a in 1..5, a in 1...5', meaning: 'Whether a value lies between two others'},
  Select: {syntax: 'select(x => a, b)', meaning: 'The value of the first condition that is true'},
  Asc: {syntax: 'a asc', meaning: 'In `order()`: lowest first'},
  Desc: {syntax: 'a desc', meaning: 'In `order()`: highest first, missing values before all'},
  Tuple: {syntax: '(a, b)', meaning: 'In selectors: several places'},
  SelectorFuncCall: {syntax: 'anywhere(condition)', meaning: 'In selectors: at any depth'},
  SelectorNested: {syntax: 'a.(b, c)', meaning: 'In selectors: places inside a place'},
}

export const operators: Readonly<Record<OpCall, SyntaxEntry>> = {
  '==': {syntax: 'a == b', meaning: 'Equal scalars or datetimes; arrays and objects never are'},
  '!=': {syntax: 'a != b', meaning: 'Not equal'},
  '<': {syntax: 'a < b', meaning: 'Less; null for values of different types'},
  '<=': {syntax: 'a <= b', meaning: 'Less or equal'},
  '>': {syntax: 'a > b', meaning: 'Greater'},
  '>=': {syntax: 'a >= b', meaning: 'Greater or equal'},
  in: {syntax: 'a in b', meaning: 'Whether an array has the element, or a `path()` the id'},
  match: {syntax: 'a match b', meaning: 'Whether a text has the words of a pattern'},
  '+': {syntax: 'a + b', meaning: 'Sums numbers, joins text, arrays and objects, adds seconds'},
  '-': {syntax: 'a - b', meaning: 'Subtracts numbers, seconds from datetimes, datetimes'},
  '*': {syntax: 'a * b', meaning: 'Multiplies'},
  '/': {syntax: 'a / b', meaning: 'Divides; null when dividing by zero'},
  '%': {syntax: 'a % b', meaning: 'The remainder'},
  '**': {syntax: 'a ** b', meaning: 'The power'},
}

export const declarations: readonly SyntaxEntry[] = [
  {
    syntax: 'fn ns::name($value) = $value{…};',
    meaning: 'Before a query: a projection under a name, called as `ns::name(value)`',
  },
  {syntax: '// text', meaning: 'A comment, to the end of the line'},
]

export const pipes: readonly SyntaxEntry[] = [
  {syntax: '| order(a, b desc)', meaning: 'Sorts; equal elements keep their order'},
  {syntax: '| score(a, boost(b, 2))', meaning: 'Adds up `_score` and puts the highest first'},
]

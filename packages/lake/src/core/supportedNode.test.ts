import {expect, test} from 'vitest'

import {nodeProblem} from './supportedNode.ts'

test.each(['22.16.0', '22.23.3', '24.0.0', '24.21.0', '26.1.0'])(
  'Node %s is new enough',
  (node) => {
    expect(nodeProblem(node)).toBeUndefined()
  },
)

test.each(['18.20.8', '20.20.2', '22.13.0', '22.15.1', '23.11.0'])('Node %s is not', (node) => {
  expect(nodeProblem(node)).toContain(`This is Node ${node}; @copydesk/lake needs 22.16`)
})

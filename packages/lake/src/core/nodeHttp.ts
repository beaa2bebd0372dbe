/**
 * What the lake takes from `node:http`. An ES import of that module also reads its `WebSocket`, and so
 * loads all of Node's `fetch`, which a server does not need: some 20 ms of each start.
 */
const {createServer, request, validateHeaderName, validateHeaderValue} =
  process.getBuiltinModule('node:http')

export {createServer, request, validateHeaderName, validateHeaderValue}

const {createTestLake} = require('@copydesk/lake/testing')
const {createClient} = require('@sanity/client')
const {expect, test} = require('@jest/globals')

test('a client reads and writes, and assets come back', async () => {
  const lake = await createTestLake({documents: [{_id: 'a', _type: 'post', title: 'One'}]})
  const client = createClient(lake.clientConfig)
  expect(await client.fetch('*[_type == "post"].title')).toEqual(['One'])
  await client.patch('a').set({title: 'Two'}).commit()
  expect(await client.getDocument('a')).toMatchObject({title: 'Two'})
  await expect(client.fetch('*[')).rejects.toMatchObject({statusCode: 400})
  const headers = {authorization: `Bearer ${lake.token}`}
  const ask = (path, init) =>
    lake.fetch(new Request(`http://localhost/v2025-02-19${path}`, {...init, headers}))
  const uploaded = await ask('/assets/files/production', {method: 'POST', body: 'hello'})
  const {document} = await uploaded.json()
  expect(document.size).toBe(5)
  expect(await (await lake.fetch(new Request(document.url))).text()).toBe('hello')
  expect(await (await ask('/data/export/production')).text()).toContain('"Two"')
  await lake.close()
})

/** A registry of packages that has just one; prints the port it listens on. */

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, ({ url }) => {
  const { origin, pathname } = new URL(url);
  console.log(decodeURIComponent(pathname));
  const dist = { tarball: `${origin}/one.tgz`, integrity: "sha512-AAAA" };
  return Response.json({
    "name": "@added/one",
    "dist-tags": { "latest": "1.0.0" },
    "versions": { "1.0.0": { "name": "@added/one", "version": "1.0.0", dist } },
  });
});

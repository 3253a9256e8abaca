/** Bytes from the network. */

/** Rejects on whatever is no answer with the status 200 to 299. */
export async function fetchBytes(
  address: string,
  cache: RequestCache = "default",
): Promise<ArrayBuffer> {
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${address}: HTTP status ${response.status}`);
  return response.arrayBuffer();
}

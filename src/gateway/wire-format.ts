/** How a call is sent and how its answer is written. */
export type Format = 'JSON' | 'XML';
export type Method = 'GET' | 'POST';

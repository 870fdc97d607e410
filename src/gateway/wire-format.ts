/** How a call is sent and how its answer is written. */
export type Format = 'JSON' | 'XML';
export type Method = 'GET' | 'POST';
/** Those of the prolog in XML. */
export type Quotes = 'single' | 'double';

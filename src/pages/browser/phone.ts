/** A browser that can show the console goes there, unless the plain page is asked for. */
import './busy.js';

const { search } = location;
if (CSS.supports('color', 'light-dark(red, red)') && !/[?&]plain\b/.test(search))
  location.replace(`console${search}#verifications`);

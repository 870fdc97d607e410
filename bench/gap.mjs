// Loaded into the server under measurement: says, when it is asked, for how long its event loop stood still at most.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
process.on('message', () => {
  process.send({ ms: delay.max / 1e6, megabytes: process.memoryUsage().rss / 1048576 });
  delay.reset();
});
// asking keeps nothing alive
process.channel.unref();

/** One seed for all properties: a test that fails today fails tomorrow. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_270_101 });

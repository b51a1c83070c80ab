/** Each class here breaks one rule of the architecture on purpose, so that the rule is seen to fail. */
package com.nexasystems.broken;

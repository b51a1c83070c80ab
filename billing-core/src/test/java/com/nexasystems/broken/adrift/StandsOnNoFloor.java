package com.nexasystems.broken.adrift;

/** Its package is on no list. */
public final class StandsOnNoFloor {
}

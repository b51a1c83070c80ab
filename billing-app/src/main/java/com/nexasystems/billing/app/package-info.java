/**
 * The application: the command line, its settings, and the wiring of the engine to a database.
 *
 * <p>No billing rule lives here. A command reads its input, asks the engine, and writes what it answers. Begin reading at
 * {@link com.nexasystems.billing.app.Main}.
 */
package com.nexasystems.billing.app;

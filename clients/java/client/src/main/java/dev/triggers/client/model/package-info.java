/** What the OpenAPI description names: records are answered, the others are sent. */
package dev.triggers.client.model;

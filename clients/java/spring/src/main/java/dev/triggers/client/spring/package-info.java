/** Deliveries as arguments of Spring MVC controllers. */
package dev.triggers.client.spring;

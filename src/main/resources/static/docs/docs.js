"use strict";

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  persistAuthorization: false,
  syntaxHighlight: false,
  tryItOutEnabled: false,
  validatorUrl: null,
});

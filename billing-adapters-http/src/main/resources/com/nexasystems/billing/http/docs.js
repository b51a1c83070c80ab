SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#api',
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    validatorUrl: null
});

interface SwaggerOptions {
  url: string;
  domNode: HTMLElement;
  deepLinking: boolean;
  tryItOutEnabled: boolean;
  validatorUrl: null;
}

(() => {
const SwaggerUI = (window as unknown as { SwaggerUIBundle: (options: SwaggerOptions) => void })
  .SwaggerUIBundle;
const page = document.querySelector<HTMLElement>("[data-openapi]");
if (page) {
  SwaggerUI({
    url: page.dataset["openapi"] ?? "",
    domNode: page,
    deepLinking: true,
    tryItOutEnabled: true,
    validatorUrl: null,
  });
}
})();
